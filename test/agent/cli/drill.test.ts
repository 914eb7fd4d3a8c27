import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { killPanes } from '../../../agent/cli/drill/kill.ts';
import { statOf } from '../../../agent/observe/machine/procfs.ts';

t.test('only what the server itself started is killed', async (t) => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  t.teardown(() => child.kill('SIGKILL'));
  const pid = child.pid ?? 0;
  const pane = { id: '%1', pid, startTime: statOf(pid)?.startTime ?? 0, shell: false };
  const failure = { code: 'no-process' };
  t.throws(() => killPanes([pane], 'web', process.ppid), failure, "a stranger's process");
  t.throws(() => killPanes([pane], 'web', null), failure, 'nobody knows the server');
  t.throws(() => killPanes([{ ...pane, startTime: 1 }], 'web', process.pid), failure);
  t.equal(child.signalCode, null);
  t.strictSame(killPanes([pane], 'web', process.pid), [pid]);
  t.strictSame(await ended, [null, 'SIGKILL']);
});
