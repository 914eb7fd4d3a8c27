import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { commandOf } from '../../../../agent/observe/machine/procfs.ts';

t.test('of a command line only the beginning is read, however long it is', async (t) => {
  const child = spawn('sleep', ['infinity'], { argv0: 'é'.repeat(50_000) });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  const command = commandOf(child.pid ?? 0);
  t.match(command, /^é{2048}$/);
});

t.test('a process that is gone has no command line', async (t) => {
  t.equal(commandOf(2 ** 22 + 1), '');
});
