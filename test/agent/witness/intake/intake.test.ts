import { readFileSync } from 'node:fs';
import t from 'tap';
import { monotonicNow } from '../../../../agent/witness/clock.ts';
import { createIntake } from '../../../../agent/witness/intake/intake.ts';
import type { Recalled } from '../../../../agent/witness/memory/recollection.ts';
import { createLives } from '../../../../agent/witness/process/lives.ts';
import type { TraceRecord } from '../../../../agent/witness/trace/parse/record.ts';
import { record, signalRecord } from '../samples.ts';
import { argumentEvents, lifeEvents, readAll, signalEvents } from '../trace/parse/kernel.ts';

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../../fixtures/trace/${name}`, import.meta.url));

const start = (lives: TraceRecord[] = [], telling: 'asked' | 'entered' = 'entered') => {
  const kept: Recalled[] = [];
  const intake = createIntake({
    ...{ lives: createLives(), telling },
    readLives: async () => lives.splice(0),
    remember: (entry) => kept.push(entry),
    onFailure: (cause) => {
      throw cause;
    },
  });
  return { intake, kept };
};

const signalsOf = (kept: Recalled[]) =>
  kept.flatMap((entry) => (entry.kind === 'signal' ? [entry.fact] : []));

/** Beyond what the kernel hands out: /proc shows none of them. */
const [killer, shell, victim] = [5_000_001, 5_000_002, 5_000_003];

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

t.test('it goes on noticing while it reads, and says how far it has come', async (t) => {
  const begun: PromiseWithResolvers<TraceRecord[]>[] = [];
  const kept: Recalled[] = [];
  const intake = createIntake({
    ...{ lives: createLives(), telling: 'asked', remember: (entry) => kept.push(entry) },
    readLives: () => {
      const reading = Promise.withResolvers<TraceRecord[]>();
      begun.push(reading);
      return reading.promise;
    },
    onFailure: () => undefined,
  });
  const before = monotonicNow();
  intake.notice(signalRecord(killer, victim, 9, 1));
  intake.settle();
  await Promise.resolve();
  intake.notice(signalRecord(shell, victim, 15, 2));
  intake.settle();
  t.equal(begun.length, 1);
  t.ok(intake.readUntil() < before);
  const caughtUp = intake.catchUp();
  begun[0]?.resolve([]);
  // On a busy machine it takes a breath between the two.
  while (begun.length < 2) await new Promise((resolve) => setImmediate(resolve));
  t.same(
    signalsOf(kept).map(({ signal }) => signal),
    [9],
  );
  begun[1]?.resolve([]);
  await caughtUp;
  t.same(
    signalsOf(kept).map(({ signal }) => signal),
    [9, 15],
  );
  t.ok(intake.readUntil() >= before);
});

t.test('too much of it has to wait', async (t) => {
  const { intake, kept } = start();
  const most = 1000;
  for (let i = 0; i < most; i += 1) intake.notice(signalRecord(killer + i, victim, 9, i));
  await intake.settle();
  t.equal(signalsOf(kept).length, most);
  intake.notice(signalRecord(killer, victim, 15, most));
  t.equal(intake.settle(), undefined, 'a few do not');
  await intake.idle();
});

t.test('a kernel that cannot be read is told once and again', async (t) => {
  const causes: unknown[] = [];
  const intake = createIntake({
    ...{ lives: createLives(), telling: 'asked', remember: () => undefined },
    readLives: () => Promise.reject(new Error('EIO')),
    onFailure: (cause) => causes.push(cause),
  });
  intake.notice(signalRecord(killer, victim, 9, 1));
  intake.settle();
  await intake.idle();
  await t.rejects(intake.catchUp(), /EIO/);
  t.equal(causes.length, 2);
});

t.test('what was noticed before it could not be read is remembered all the same', async (t) => {
  const told: string[] = [];
  const kept: Recalled[] = [];
  const lives = createLives();
  lives.became(1, killer, 'kill', '/bin/kill');
  const reading = Promise.withResolvers<TraceRecord[]>();
  const intake = createIntake({
    ...{ lives, telling: 'asked', readLives: () => reading.promise },
    remember: (entry) => {
      kept.push(entry);
      told.push(entry.kind);
    },
    onFailure: () => told.push('failure'),
  });
  intake.notice(record(1, 'mark_victim', `pid=${victim}`, 30));
  intake.notice(signalRecord(killer, victim, 9, 20));
  intake.settle();
  await Promise.resolve();
  intake.notice(signalRecord(shell, victim, 15, 40));
  intake.settle();
  reading.reject(new Error('EIO'));
  await intake.idle();
  t.same(told, ['signal', 'oom', 'failure', 'signal', 'failure'], 'first, and what came meanwhile');
  t.match(kept[0], { fact: { sender: { pid: killer, cmdline: '/bin/kill', seenBy: 'file' } } });
  t.equal(intake.readUntil(), 0, 'more may be missing');
});
