import t from 'tap';
import {
  isClientNow,
  standingClients,
} from '../../../../agent/witness/process/standing-clients.ts';
import { fakeProc, statOf } from './fake-proc.ts';

t.test('those that are there already', async (t) => {
  const proc = fakeProc(t);
  const put = (pid: number, comm: string, argv: string[]): void =>
    proc.put(pid, {
      comm: `${comm}\n`,
      stat: statOf(pid, 5, 1, comm),
      cmdline: `${argv.join('\0')}\0`,
    });
  put(7, 'tmux: client', ['tmux', 'attach']);
  put(8, 'tmux: server', ['tmux']);
  // Gone between two looks at it.
  proc.put(9, { comm: 'tmux: client\n' });
  proc.put(10, {});
  t.match(standingClients(proc.path), [
    { pid: 7, parent: 5, endedAt: null, execs: [{ argv: ['tmux', 'attach'], began: true }] },
  ]);
  t.equal(standingClients(proc.path).length, 1);
  t.same(
    [7, 8, 9, 10, 11].filter((pid) => isClientNow(pid, proc.path)),
    [7, 9],
  );
});
