import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';

t.test('entries are sent only where our output is the journal', async (t) => {
  const directory = t.testdir();
  const fd = openSync(join(directory, 'stream'), 'a');
  const { dev, ino } = fstatSync(fd, { bigint: true });
  const child = join(import.meta.dirname, 'outputs-child.ts');
  const run = (stream: string): number | null =>
    spawnSync(process.execPath, [child, directory], {
      stdio: ['ignore', fd, 'inherit'],
      env: { ...process.env, JOURNAL_STREAM: stream },
    }).status;
  t.equal(run(`${dev}:${ino}`), 1);
  t.equal(run('1:2'), 0);
  t.equal(run(''), 0);
  closeSync(fd);
});
