import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { openMemory } from '../../../../agent/witness/memory/memory.ts';
import { sent } from '../samples.ts';

const unexpected = (cause: unknown): never => {
  throw cause;
};

t.test('what one that ended in order knew is known without a gap', async (t) => {
  const directory = t.testdir();
  const first = await openMemory(directory, 5, unexpected);
  const at = Date.now();
  first.remember({ kind: 'signal', fact: sent(at, 7) });
  await first.close();
  const next = await openMemory(directory, 5, unexpected);
  t.equal(next.since(), 5);
  t.match(next.testify([7], 0, at), { signals: [{ at }], since: 5 });
});

t.test('one that was killed may have read what it could not write down', async (t) => {
  const directory = t.testdir();
  const first = await openMemory(directory, 5, unexpected);
  await first.close();
  const killed = await openMemory(directory, 5, unexpected);
  t.equal(killed.since(), 5);
  t.notOk(existsSync(join(directory, 'ended-in-order')), 'it stands for one end alone');
  const from = Date.now();
  const next = await openMemory(directory, 5, unexpected);
  t.ok(next.since() >= from);
});
