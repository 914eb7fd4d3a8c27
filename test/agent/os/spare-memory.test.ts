import t from 'tap';
import { loadCollector, loadGiveBack, loadTrim } from '../../../agent/os/spare-memory.ts';

/** Resolves with how many of so many objects were collected. */
const collectedOf = async (count: number, collect: () => void): Promise<number> => {
  let gone = 0;
  const registry = new FinalizationRegistry(() => {
    gone += 1;
  });
  for (let i = 0; i < count; i += 1) registry.register({ held: new Array(1000).fill(i) }, i);
  // What the stack still seems to hold, and when a registry is told, is V8's affair.
  for (let i = 0; i < 500 && gone === 0; i += 1) {
    await new Promise(setImmediate);
    collect();
  }
  return gone;
};

t.test('what nobody holds any more is collected', async (t) => {
  t.ok((await collectedOf(10, loadCollector())) > 0);
});

t.test('malloc can be asked for what it keeps, again and again', async (t) => {
  const trim = loadTrim();
  t.equal(trim(), undefined);
  t.equal(trim(), undefined);
});

t.test('both are done, garbage first', async (t) => {
  let trimmed = 0;
  const giveBack = loadGiveBack(() => () => {
    trimmed += 1;
  });
  t.equal(trimmed, 0, 'not before it is asked for');
  t.ok((await collectedOf(10, giveBack)) > 0);
  t.ok(trimmed > 0);
});

t.test('garbage is collected where the FFI cannot load', async (t) => {
  const giveBack = loadGiveBack(() => {
    throw new Error('no FFI here');
  });
  t.ok((await collectedOf(10, giveBack)) > 0);
});
