import fc from 'fast-check';
import t from 'tap';
import { auditRecord } from '../../../../../agent/observe/sources/parse/audit-record.ts';
import { auditedSignals } from '../../../../../agent/observe/sources/parse/audited-signals.ts';
import { anybody, audit, type Document, entryOf } from '../recorded.ts';

const signals = (...documents: Document[]) =>
  auditedSignals(
    documents.flatMap((document) => auditRecord(entryOf(document)) ?? []),
    'audit',
  );

/** Records as the kernel writes them (kernel/auditsc.c), of `/bin/kill -9 15730` under x86_64. */
const who =
  'ppid=15700 pid=15732 auid=1000 uid=1000 gid=1000 euid=1000 suid=1000 fsuid=1000 egid=1000 sgid=1000 fsgid=1000 tty=pts0 ses=3';
const exec = audit(
  1300,
  88,
  `SYSCALL arch=c000003e syscall=59 success=yes exit=0 a0=5580 a1=5590 a2=55a0 a3=8 items=2 ${who} comm="kill" exe="/usr/bin/kill" key=(null)`,
);
const argv = audit(1309, 88, 'EXECVE argc=3 a0="/bin/kill" a1="-9" a2="15730"');
const kill = audit(
  1300,
  89,
  `SYSCALL arch=c000003e syscall=62 success=yes exit=0 a0=3d72 a1=9 a2=0 a3=0 items=0 ${who} comm="kill" exe="/usr/bin/kill" subj=unconfined key=(null)`,
);
const victim = audit(
  1318,
  89,
  'OBJ_PID opid=15730 oauid=1000 ouid=1000 oses=3 obj=unconfined ocomm="sleep"',
);
const title = audit(1327, 89, 'PROCTITLE proctitle=2F62696E2F6B696C6C002D3900313537333000');
const changed = (document: Document, from: string, to: string): Document => ({
  ...document,
  MESSAGE: String(document['MESSAGE']).replace(from, to),
});

t.test('who sent which signal to whom, and the command line of its start', async (t) => {
  t.same(signals(exec, argv, kill, victim), [
    {
      ...{ kind: 'audited-signal', at: 1795274341112.494, source: 'audit', signal: 9 },
      sender: {
        ...{ pid: 15732, ppid: 15700, comm: 'kill', exe: '/usr/bin/kill', uid: 1000 },
        ...{ loginUid: 1000, auditSession: 3, cmdline: '/bin/kill -9 15730' },
      },
      victims: [{ pid: 15730, comm: 'sleep' }],
      text: 'pid 15732 sent signal 9 to sleep (pid 15730): /bin/kill -9 15730',
    },
  ]);
});

t.test('without its start, what it called itself; without that, its name', async (t) => {
  t.match(signals(kill, victim, title), [{ sender: { cmdline: '/bin/kill -9 15730' } }]);
  t.match(signals(kill, victim), [
    { sender: { cmdline: null }, text: 'pid 15732 sent signal 9 to sleep (pid 15730): kill' },
  ]);
});

t.test('no login is none', async (t) => {
  const cron = changed(changed(kill, 'auid=1000', 'auid=4294967295'), 'ses=3', 'ses=4294967295');
  t.match(signals(cron, victim), [{ sender: { loginUid: null, auditSession: null } }]);
});

t.test('other calls: the signal is another argument', async (t) => {
  const call = (from: string, to: string) => signals(changed(kill, from, to), victim);
  t.match(
    call('syscall=62 success=yes exit=0 a0=3d72 a1=9 a2=0', 'syscall=234 success=yes a1=3d72 a2=f'),
    [{ signal: 15 }],
  );
  t.match(call('arch=c000003e syscall=62', 'arch=c00000b7 syscall=129'), [{ signal: 9 }]);
  t.same(call('syscall=62', 'syscall=0'), [], 'no signal was sent');
  t.same(call('arch=c000003e', 'arch=40000003'), [], 'an architecture we have no numbers of');
  t.same(call('success=yes', 'success=no'), [], 'it was not allowed');
  t.same(call('a1=9', 'a1=0'), [], 'only whether it may');
});

t.test('to a whole group', async (t) => {
  const second = changed(changed(victim, '15730', '15731'), '"sleep"', '746D75783A20736572766572');
  t.match(signals(kill, victim, second), [
    { victims: [{ pid: 15730 }, { pid: 15731, comm: 'tmux: server' }] },
  ]);
  t.same(signals(kill), [], 'nobody was hit');
});

t.test('a secret in the arguments is not kept', async (t) => {
  const secret = changed(argv, 'a1="-9"', 'a1="--token=ghp_0123456789abcdefghijABCDEFGHIJ012345"');
  const found = signals(exec, secret, kill, victim);
  t.equal(found.length, 1);
  t.notMatch(JSON.stringify(found), 'ghp_');
});

t.test('only the kernel’s own records count', async (t) => {
  const forged = (sender: Document) =>
    signals(...[exec, argv, kill, victim].map((record) => ({ ...record, ...sender })));
  t.same(forged({ ...anybody }), []);
  t.same(forged({ _TRANSPORT: 'syslog' }), []);
  t.same(forged({ _AUDIT_TYPE: '1111' }), [], 'programs may write records of other types');
});

t.test('a name cannot hold another field', async (t) => {
  // The kernel writes a name with a quote or a space in hexadecimal.
  const name = Buffer.from('x" pid=1 y="').toString('hex').toUpperCase();
  t.match(signals(changed(kill, '"kill"', name), victim), [
    { sender: { pid: 15732, comm: 'x" pid=1 y="' } },
  ]);
});

t.test('it reads anything', async () => {
  const message = fc.string({ unit: 'binary' });
  const type = fc.constantFrom(1300, 1309, 1318, 1327);
  fc.assert(
    fc.property(fc.array(fc.tuple(type, message)), (records) => {
      signals(...records.map(([number, text]) => audit(number, 1, text)));
    }),
  );
});
