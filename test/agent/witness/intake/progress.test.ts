import t from 'tap';
import { monotonicNow } from '../../../../agent/witness/clock.ts';
import type { Recalled } from '../../../../agent/witness/memory/recollection.ts';
import { createLives } from '../../../../agent/witness/process/lives.ts';
import type { TraceRecord } from '../../../../agent/witness/trace/parse/record.ts';
import { record, signalRecord } from '../samples.ts';
import { intakeWith, killer, shell, signalsOf, start, victim } from './sample-intake.ts';

t.test('it goes on noticing while it reads, and says how far it has come', async (t) => {
  const begun: PromiseWithResolvers<TraceRecord[]>[] = [];
  const kept: Recalled[] = [];
  const intake = intakeWith({
    remember: (entry) => kept.push(entry),
    readLives: () => {
      const reading = Promise.withResolvers<TraceRecord[]>();
      begun.push(reading);
      return reading.promise;
    },
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

t.test('what comes late from the kernel is not claimed before it is remembered', async (t) => {
  const begun = Promise.withResolvers<void>();
  const reading = Promise.withResolvers<TraceRecord[]>();
  let noticedUntil = 100;
  const intake = intakeWith({
    readLives: () => {
      begun.resolve();
      return reading.promise;
    },
    noticedUntil: () => noticedUntil,
  });
  const first = intake.catchUp();
  await begun.promise;
  // It happened before this turn, and comes while the lives are read.
  intake.notice(signalRecord(killer, victim, 9, 150));
  noticedUntil = 300;
  const second = intake.catchUp();
  reading.resolve([]);
  await first;
  t.equal(intake.readUntil(), 100);
  await second;
  t.equal(intake.readUntil(), 300);
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
  const intake = intakeWith({
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
  const intake = intakeWith({
    lives,
    readLives: () => reading.promise,
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
