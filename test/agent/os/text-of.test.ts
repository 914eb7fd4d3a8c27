import { readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { attempt } from '../../../agent/os/attempt.ts';
import { beginningOf, textOf } from '../../../agent/os/text-of.ts';

t.test('the beginning of what the kernel shows', async (t) => {
  const file = join(t.testdir({ file: 'x'.repeat(10_000) }), 'file');
  t.equal(beginningOf(file, 4096), 'x'.repeat(4096));
  t.equal(beginningOf(file, 20_000), textOf(file));
  writeFileSync(file, '');
  t.equal(beginningOf(file, 4096), '');
  t.equal(beginningOf('/proc/self/cmdline', 4), textOf('/proc/self/cmdline')?.slice(0, 4));
});

t.test('what is not there, or shows nothing', async (t) => {
  for (const path of ['/nowhere/at/all', '/proc/self', '/proc/self/mem']) {
    t.equal(beginningOf(path, 4096), null, path);
  }
});

t.test('a process that ends while it is read', async (t) => {
  const file = join(t.testdir({ file: 'kill\0-9\0' }), 'file');
  const gone = (): never => {
    throw Object.assign(new Error('no such process'), { code: 'ESRCH' });
  };
  let reads = 0;
  const goesMeanwhile = (...args: [number, Buffer, number, number, null]): number => {
    reads += 1;
    return reads === 1 ? readSync(...args) : gone();
  };
  t.equal(beginningOf(file, 4096, goesMeanwhile as typeof readSync), 'kill\0-9\0');
  t.equal(beginningOf(file, 4096, gone as typeof readSync), null);
});

t.test('a look that fails finds nothing', async (t) => {
  t.equal(
    attempt(() => 1),
    1,
  );
  const fails = (): number => {
    throw new Error('no');
  };
  t.equal(attempt(fails), null);
});
