import t from 'tap';
import { createGate } from '../../../agent/api/gate.ts';

t.test('so much runs at once, the rest in its turn', async (t) => {
  const gate = createGate(2);
  const started: number[] = [];
  const ends = Array.from({ length: 4 }, () => Promise.withResolvers<number>());
  const all = ends.map(({ promise }, n) =>
    gate(() => {
      started.push(n);
      return promise;
    }),
  );
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  await turn();
  t.strictSame(started, [0, 1]);
  ends[1]?.resolve(1);
  await turn();
  t.strictSame(started, [0, 1, 2]);
  ends[0]?.reject(new Error('failed'));
  await t.rejects(Promise.all(all.slice(0, 1)), { message: 'failed' });
  await turn();
  t.strictSame(started, [0, 1, 2, 3], 'one that fails makes room as well');
  ends[2]?.resolve(2);
  ends[3]?.resolve(3);
  t.strictSame(await Promise.all(all.slice(1)), [1, 2, 3]);
});

t.test('a place that was left is free', async (t) => {
  const gate = createGate(1);
  t.equal(await gate(async () => 'a'), 'a');
  t.equal(await gate(async () => 'b'), 'b');
});
