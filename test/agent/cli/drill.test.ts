import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { killPanes } from '../../../agent/cli/drill/kill.ts';
import { chooseVictim } from '../../../agent/cli/drill/victim.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
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

t.test('unnamed it is the first demo that is up, whichever began first', async (t) => {
  const session = (name: string, status: string) => ({
    ...{ session: name, status, life: status === 'up' ? `life of ${name}` : null, declared: true },
  });
  const among = (...sessions: ReturnType<typeof session>[]) =>
    chooseVictim({ sessions } as unknown as StatusDocument, { session: undefined, yes: false });
  const [web, second, first] = [
    session('a', 'up'),
    session('demo-2', 'up'),
    session('demo-1', 'up'),
  ];
  t.match(among(web, second, first), { session: 'demo-1' });
  t.match(among(web, second, session('demo-1', 'dead')), { session: 'demo-2' });
  t.throws(() => among(web), { code: 'no-such-session', message: /no demo session is up/ });
});
