import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { tracedLives } from '../../../../agent/witness/trace/events.ts';
import { createReadAll } from '../../../../agent/witness/trace/read-all.ts';
import { header } from './parse/kernel.ts';

/** What stands in for a pipe: a file that is read to its present end. */
const pipe = (t: Test) => {
  const directory = mkdtempSync(join(tmpdir(), 'hfw-pipe-'));
  const path = join(directory, 'pipe');
  appendFileSync(path, '');
  const fd = openSync(path, 'r');
  t.teardown(() => {
    closeSync(fd);
    rmSync(directory, { recursive: true });
  });
  return { fd, write: (text: string): void => appendFileSync(path, text) };
};

const forkOf = (child: number): string =>
  `${header('sh', 7, 'sched_process_fork')}comm=sh pid=7 child_comm=sh child_pid=${child}\n`;

t.test('all that is there, however much, and then what has come since', async (t) => {
  const { fd, write } = pipe(t);
  let breaths = 0;
  const breathe = () => {
    breaths += 1;
    return undefined;
  };
  const readAll = createReadAll(fd, tracedLives);
  t.same(await readAll(breathe), []);
  // More than the first part of memory holds, and more than the second.
  for (const count of [3, 500, 6000]) {
    breaths = 0;
    const children = Array.from({ length: count }, (_, i) => 1_000_000 + i);
    write(children.map(forkOf).join(''));
    const records = await readAll(breathe);
    t.same(
      records.map(({ text }) => Number(/child_pid=(\d+)/.exec(text)?.[1])),
      children,
    );
    t.ok(breaths >= count / 500, 'it can pause in between');
  }
  t.same(await readAll(breathe), []);
});

t.test('where some were lost is marked, in what cannot hold such a line', async (t) => {
  const text = `${forkOf(1)}CPU:1 [LOST 5 EVENTS]\n${forkOf(2)}${forkOf(3)}`;
  const marks = async (options: { marksLoss?: boolean }) => {
    const { fd, write } = pipe(t);
    write(text);
    const records = await createReadAll(fd, tracedLives, options)(() => undefined);
    return records.map(({ afterLoss = false }) => afterLoss);
  };
  t.same(await marks({ marksLoss: true }), [false, true, false]);
  t.same(await marks({}), [false, false, false]);
});

t.test('where there is no such pipe, nothing', async (t) => {
  t.same(await createReadAll(null, tracedLives)(() => undefined), []);
});

t.test('one that cannot be read is told', async (t) => {
  const readAll = createReadAll(1_000_000, tracedLives);
  await t.rejects(
    readAll(() => undefined),
    { code: 'EBADF' },
  );
});
