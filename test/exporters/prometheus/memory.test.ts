import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { HeapKeeper } from '../../../exporters/prometheus/memory.ts';

let finalized = 0;
// Not local: a registry that is itself garbage calls nobody.
const registry = new FinalizationRegistry<null>(() => {
  finalized += 1;
});

/** Resolves when the collector of garbage has been; keeps the process alive until then. */
const collected = async (): Promise<void> => {
  const before = finalized;
  registry.register({}, null);
  while (finalized === before) await setImmediate();
};

t.test('garbage is collected after work that made much of it, and after any work', async (t) => {
  const keeper = new HeapKeeper();
  const first = collected();
  keeper.afterWork();
  await first;
  t.pass('the heap of the start counts as growth');
  const second = collected();
  keeper.afterWork();
  await second;
  t.pass('and idleness is used');
});
