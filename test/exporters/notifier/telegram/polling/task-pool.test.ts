import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import { createTaskPool } from '../../../../../exporters/notifier/telegram/polling/task-pool.ts';

t.test('eight at a time, and the next when one has gone', async (t) => {
  const pool = createTaskPool(new AbortController().signal);
  const end: (() => void)[] = [];
  const task = () => new Promise<void>((resolve) => end.push(resolve));
  for (let i = 0; i < 7; i += 1) await pool.run(task);
  let hasRoom = false;
  const eighth = pool.run(task).then(() => {
    hasRoom = true;
  });
  // Nothing is outside of this process: what would go on does so within a turn of its loop.
  await turn();
  t.equal(end.length, 8);
  t.notOk(hasRoom);
  end[0]?.();
  await eighth;
  t.ok(hasRoom);
  for (const one of end) one();
  await pool.drain();
});

t.test('nobody waits for what does not end', async (t) => {
  const stopping = new AbortController();
  const pool = createTaskPool(stopping.signal);
  const task = () => new Promise<void>(() => undefined);
  for (let i = 0; i < 7; i += 1) await pool.run(task);
  const eighth = pool.run(task);
  stopping.abort();
  await eighth;
  await pool.drain();
  t.pass('both came back');
});
