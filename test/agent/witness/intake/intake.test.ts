import { readFileSync } from 'node:fs';
import t from 'tap';
import { record, signalRecord } from '../samples.ts';
import { argumentEvents, lifeEvents, readAll, signalEvents } from '../trace/parse/kernel.ts';
import { killer, shell, signalsOf, start, victim } from './sample-intake.ts';

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../../fixtures/trace/${name}`, import.meta.url));

t.test('recorded kills, each with who did it', async (t) => {
  const { records } = readAll(signalEvents, fixture('signals.txt'));
  const { intake, kept } = start(readAll(lifeEvents, fixture('lives.txt')).records);
  for (const one of records) intake.notice(one);
  t.same(kept, [], 'remembered with all that is known then');
  intake.settle();
  await intake.idle();
  const told: { sender: number; victim: number }[] = JSON.parse(fixture('signals.json').toString());
  const kills = signalsOf(kept).filter(({ signal }) => signal === 9);
  t.same(
    kills.map((one) => [one.sender.pid, one.victim.pid]),
    told.map((one) => [one.sender, one.victim]),
  );
  intake.settle();
  await intake.idle();
  t.equal(signalsOf(kept).length, records.length, 'once');
});

t.test('arguments, parents and order of time', async (t) => {
  const name = 'entries_x_0';
  const slots = Array.from({ length: 9 }, (_, i) => ` a${i + 3}=(fault)`).join('');
  const { intake, kept } = start([
    record(killer, name, `(0x1) argc=3 a0="kill" a1="-9" a2="7"${slots}`, 30),
    record(killer, 'sched_process_exec', `filename=/bin/kill pid=${killer} old_pid=${killer}`, 20),
    record(
      shell,
      'sched_process_fork',
      `comm=kill pid=${shell} child_comm=sh child_pid=${killer}`,
      10,
    ),
  ]);
  t.ok(argumentEvents([name]).has(name));
  intake.notice(signalRecord(killer, victim, 9, 40));
  intake.settle();
  await intake.idle();
  t.match(signalsOf(kept), [
    {
      ...{ signal: 9, toGroup: true, result: 'delivered', caught: null },
      sender: { pid: killer, cmdline: 'kill -9 7', seenBy: 'probe', ancestry: [{ pid: shell }] },
      victim: { pid: victim, comm: 'sleep', cmdline: null },
    },
  ]);
});

t.test('whom the kernel chose, and clients of tmux that ended', async (t) => {
  const ended = {
    ...record(killer, 'sched_process_exit', `comm=tmux: client pid=${killer} prio=120`, 20),
    comm: 'tmux: client',
  };
  const other = record(shell, 'sched_process_exit', `comm=bash pid=${shell} prio=120`, 21);
  const { intake, kept } = start([ended, other]);
  intake.notice(record(1, 'mark_victim', `pid=${victim}`, 30));
  intake.settle();
  await intake.idle();
  t.match(kept, [
    { kind: 'client', fact: { process: { pid: killer, comm: 'tmux: client' } } },
    { kind: 'oom', fact: { victim: { pid: victim }, anonBytes: null } },
  ]);
  t.equal(kept.length, 2);
});

t.test(
  'where records of lives are missing, clients may be, and threads are forgotten',
  async (t) => {
    const [thread, at] = [5_000_004, 20];
    const flags = 'comm=sh clone_flags=10900 oom_score_adj=0';
    const fork = `comm=sh pid=${shell} child_comm=sh child_pid=${thread}`;
    const exit = `comm=bash pid=${shell} prio=120`;
    const { intake, kept, missed } = start([
      record(shell, 'task_newtask', `pid=${thread} ${flags}`, 10),
      record(shell, 'sched_process_fork', fork, 11),
      { ...record(shell, 'sched_process_exit', exit, at), afterLoss: true },
    ]);
    intake.notice(signalRecord(thread, victim, 9, 15));
    intake.notice(signalRecord(thread, victim, 15, 30));
    intake.settle();
    await intake.idle();
    t.same(missed, [at]);
    const senders = signalsOf(kept).map(({ sender }) => sender.pid);
    t.same(senders, [shell, thread], 'what was known before the loss was true then');
  },
);

t.test('a flood of one is told a few times', async (t) => {
  const { intake, kept } = start();
  for (let i = 0; i < 5000; i += 1) intake.notice(signalRecord(killer, killer, 15, 1 + i / 1000));
  intake.notice(signalRecord(shell, victim, 9, 7));
  intake.settle();
  await intake.idle();
  const told = signalsOf(kept);
  t.ok(told.length > 1 && told.length < 20);
  t.match(told.at(-1), { sender: { pid: shell }, victim: { pid: victim } });
});

t.test('what is none of it', async (t) => {
  const { intake, kept } = start();
  intake.notice(record(1, 'signal_generate', 'garbage'));
  intake.notice(record(1, 'mark_victim', 'garbage'));
  intake.settle();
  await intake.idle();
  t.same(kept, []);
});

t.test('a flood is one whatever its sender is called, and whatever code it has', async (t) => {
  const { intake, kept } = start();
  for (let i = 0; i < 50; i += 1) {
    const text = `sig=10 errno=0 code=${-i} comm=n${i} pid=${victim} grp=1 res=0`;
    intake.notice({ ...record(killer, 'signal_generate', text), comm: `x${i}` });
  }
  intake.notice(signalRecord(killer, victim, 9));
  intake.settle();
  await intake.idle();
  const signals = signalsOf(kept).map(({ signal }) => signal);
  t.same(signals, [10, 10, 10, 10, 10, 9]);
});

t.test('who was interrupted sent nothing', async (t) => {
  const { intake, kept } = start();
  const text = `sig=10 errno=0 code=-2 comm=sleep pid=${victim} grp=1 res=0`;
  intake.notice({ ...record(killer, 'signal_generate', text), interrupts: true });
  intake.notice(record(shell, 'signal_generate', text));
  intake.settle();
  await intake.idle();
  t.same(
    signalsOf(kept).map(({ code }) => code),
    [128, -2],
  );
});

t.test('who was there is known however many came after', async (t) => {
  const [first, last] = [6_000_000, 6_005_000];
  const after = Array.from({ length: last - first }, (_, i) =>
    record(1, 'sched_process_fork', `comm=x pid=1 child_comm=x child_pid=${first + i}`, 50),
  );
  const { intake, kept } = start([
    record(killer, 'sched_process_exec', `filename=/bin/kill pid=${killer} old_pid=${killer}`, 20),
    ...after,
  ]);
  intake.notice(signalRecord(killer, victim, 9, 40));
  intake.settle();
  await intake.idle();
  t.match(signalsOf(kept), [{ sender: { pid: killer, cmdline: '/bin/kill', seenBy: 'file' } }]);
});
