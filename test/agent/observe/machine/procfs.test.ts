import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import t from 'tap';
import { commandOf, isAlive, statOf } from '../../../../agent/observe/machine/procfs.ts';

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

t.test('a process lives until it is seen to be gone', async (t) => {
  const child = spawn('sleep', ['100'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const { pid = 0, startTime = 0 } = statOf(child.pid ?? 0) ?? {};
  t.ok(isAlive({ pid, startTime }));
  t.notOk(isAlive({ pid, startTime: startTime + 1 }), 'another one that has its pid');
  child.kill('SIGKILL');
  await once(child, 'exit');
  t.notOk(isAlive({ pid, startTime }));
});

t.test('nobody is said to be gone for want of a descriptor', async (t) => {
  const module = new URL('../../../../agent/observe/machine/procfs.ts', import.meta.url).href;
  const script = `
    import { openSync } from 'node:fs';
    import { isAlive, statOf } from ${JSON.stringify(module)};
    const { pid, startTime } = statOf(process.pid);
    try {
      for (;;) openSync('/dev/null', 'r');
    } catch {}
    process.stdout.write(String([statOf(pid), isAlive({ pid, startTime })]));
  `;
  const words = [process.execPath, '--input-type=module', '-e', script];
  const limited = ['-c', 'ulimit -n 64; exec "$@"', 'sh', ...words];
  const { stdout } = await promisify(execFile)('sh', limited, { timeout: 20_000 });
  t.equal(stdout, ',true');
});
