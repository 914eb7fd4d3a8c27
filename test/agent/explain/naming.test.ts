import t from 'tap';
import { processName } from '../../../agent/explain/naming.ts';

t.test('a process is named by its command, and by its file where that is another', async (t) => {
  const one = { pid: 7, comm: 'sshd', cmdline: '/usr/sbin/sshd -9 tmux' };
  t.equal(processName(one), '"sshd -9 tmux" (pid 7)');
  t.equal(
    processName({ ...one, file: '/usr/bin/pkill' }),
    '"sshd -9 tmux" (pid 7, file /usr/bin/pkill)',
  );
  t.equal(
    processName({ ...one, file: '/dev/fd/3' }),
    '"sshd -9 tmux" (pid 7, of a file that was open already)',
  );
  t.ok(processName({ ...one, file: `/${'x'.repeat(200)}` }).length < 120);
  t.notMatch(processName({ ...one, file: '/tmp/\u001b[2J\n' }), /[\u001b\n]/);
});

t.test('one that was gone too fast has its number, and its name if that is known', async (t) => {
  t.equal(processName({ pid: 7, comm: 'kill', cmdline: null }), 'pid 7 (kill)');
  t.equal(processName({ pid: 7, comm: '', cmdline: null }), 'pid 7');
});
