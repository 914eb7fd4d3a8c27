import t from 'tap';
import { monotonicNow } from '../../../../agent/witness/clock.ts';
import { catches, lookAt } from '../../../../agent/witness/process/proc.ts';
import { fakeProc, statOf } from './fake-proc.ts';

t.test('all that /proc shows of a process', async (t) => {
  const proc = fakeProc(t);
  proc.put(7, {
    cmdline: 'sleep\0' + '10\0\0',
    stat: statOf(7, 5, 100, 'a ) b'),
    status: 'Name:\tx\nTgid:\t7\nUid:\t1000\t0\t0\t0\nSigCgt:\t0000000000004002\n',
    loginuid: '1000',
    sessionid: '4294967295',
    cgroup: '0::/user.slice\n',
  });
  const facts = lookAt(7, 1000, proc.path);
  t.match(facts, {
    ...{ pid: 7, argv: ['sleep', '10', ''], uid: 1000, loginUid: 1000, cgroup: '/user.slice' },
    stat: { comm: 'a ) b', ppid: 5, startTime: 100 },
  });
  t.equal(facts?.auditSession, null, 'what the kernel says where there is none');
  if (!facts) return;
  t.equal(catches(facts, 15), true);
  t.equal(catches(facts, 9), false);
  t.equal(catches({ ...facts, caught: null }, 15), null);
});

t.test('a thread is shown as its process', async (t) => {
  const proc = fakeProc(t);
  proc.put(8, { stat: statOf(8, 5, 100), status: 'Tgid:\t7\n' });
  t.match(lookAt(8, 1000, proc.path), { pid: 7, argv: null, uid: null });
});

t.test('who is just being taken away is not said to be no thread', async (t) => {
  const proc = fakeProc(t);
  const status = 'Tgid:\t0\nPid:\t0\nUid:\t5\t5\t5\t5\nThreads:\t0\nSigCgt:\t0000000000000000\n';
  proc.put(8, { stat: statOf(8, 0, 100), status });
  t.match(lookAt(8, 1000, proc.path), { pid: null, stat: { pid: 8 }, uid: 5, caught: null });
});

t.test('who has the pid since then only is not taken', async (t) => {
  const proc = fakeProc(t);
  proc.put(7, { stat: statOf(7, 5, 100), cmdline: 'other\0' });
  t.equal(lookAt(7, 989, proc.path), null);
  t.not(lookAt(7, 990, proc.path), null, 'a start is told in ticks');
  t.equal(lookAt(6, 5000, proc.path), null, 'nobody has it');
});

t.test('a machine that has slept', async (t) => {
  const proc = fakeProc(t);
  const now = monotonicNow();
  // An hour of sleep: starts count it, the clock of the records does not.
  proc.slept((now + 3_600_000) / 1000);
  proc.put(7, { stat: statOf(7, 5, Math.floor((now + 3_600_000 - 5000) / 10)) });
  t.not(lookAt(7, now, proc.path), null, 'began five seconds ago');
  t.equal(lookAt(7, now - 10_000, proc.path), null, 'and not ten');
});

t.test('what is no /proc', async (t) => {
  const proc = fakeProc(t);
  proc.put(7, { stat: 'garbage', status: 'garbage' });
  t.equal(lookAt(7, 1000, proc.path), null);
  proc.put(7, { stat: statOf(7, 5, 1), status: 'SigCgt:\tzz\n', loginuid: 'x', cgroup: 'x' });
  t.match(lookAt(7, 1000, proc.path), { pid: null, caught: null, loginUid: null, cgroup: null });
});
