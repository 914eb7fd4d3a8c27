import t from 'tap';
import { createLogKeeper, type KeptLog } from '../../../agent/app/log-keeper.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { LogHealth } from '../../../agent/model/status/agent-status.ts';
import type { Logger } from '../../../agent/tell/process-log.ts';
import { born, running } from '../model/sample.ts';

type Told = LogHealth & { message: string };

const health = (changes: Partial<Told> = {}): Told => ({
  ...{ status: 'ok', code: '', message: '', queued: 0, dropped: 0, storedSeq: 9, bytes: 0 },
  ...changes,
});

const degraded = (changes: Partial<Told> = {}): Told =>
  health({ ...{ status: 'degraded', code: 'ENOSPC', message: 'the disk is full' }, ...changes });

/** A keeper, a clock that the test sets, and what it recorded, said and asked of the log. */
const keeping = (log: Partial<KeptLog> = {}) => {
  const events: NewEvent[] = [];
  const lines: unknown[] = [];
  const asked: unknown[] = [];
  const clock = { now: born };
  const logger: Logger = {
    log: (...line) => void lines.push(line),
    child: () => logger,
  };
  const keeper = createLogKeeper({
    log: {
      saveSnapshot: async (state) => void asked.push(['snapshot', state]),
      retain: async (limits) => void asked.push(['retain', limits]),
      ...log,
    },
    state: () => running,
    record: (recorded) => void events.push(...recorded),
    now: () => clock.now,
    logger,
  });
  return { keeper, events, lines, asked, clock };
};

const snapshot = ['snapshot', running];

t.test('a log that cannot be written is said once', async (t) => {
  const { keeper, events, lines } = keeping();
  keeper.health(health());
  t.strictSame([events, lines], [[], []], 'nothing of a log that is well');
  keeper.health(degraded());
  keeper.health(degraded({ code: 'EIO' }));
  const fields = { code: 'ENOSPC', message: 'the disk is full' };
  t.strictSame(events, [{ at: born, type: 'log.degraded', data: fields }]);
  t.strictSame(lines, [['error', 'the log cannot be written; events wait in memory', fields]]);
});

t.test('when it is well again: how long it took, and the most that waited', async (t) => {
  const { keeper, events, lines, asked, clock } = keeping();
  keeper.health(degraded({ queued: 3 }));
  keeper.health(degraded({ queued: 40 }));
  keeper.health(degraded({ queued: 7 }));
  clock.now += 2500;
  keeper.health(health());
  keeper.health(health());
  const recovered = { queued: 40, afterMs: 2500 };
  t.strictSame(events.slice(1), [{ at: clock.now, type: 'log.recovered', data: recovered }]);
  t.strictSame(lines.slice(1), [
    ['info', 'the log is written again', { ...recovered, dropped: 0 }],
  ]);
  t.strictSame(asked, [], 'nothing is missing, nothing has to be bridged');
});

t.test('the next trouble is told by itself; a clock set back makes none negative', async (t) => {
  const { keeper, events, clock } = keeping();
  keeper.health(degraded({ queued: 40 }));
  keeper.health(health());
  keeper.health(degraded({ queued: 2 }));
  clock.now -= 60_000;
  keeper.health(health());
  t.strictSame(
    events.map(({ type }) => type),
    ['log.degraded', 'log.recovered', 'log.degraded', 'log.recovered'],
  );
  t.strictSame(events[3]?.data, { queued: 2, afterMs: 0 });
});

t.test('what the disk says is cut to fit the event', async (t) => {
  const { keeper, events } = keeping();
  keeper.health(degraded({ message: 'm'.repeat(1000) }));
  t.strictSame(events[0]?.data, { code: 'ENOSPC', message: 'm'.repeat(200) });
});

t.test('a hole in the log is bridged by a snapshot', async (t) => {
  const { keeper, asked } = keeping();
  keeper.health(degraded({ dropped: 5 }));
  t.strictSame(asked, []);
  keeper.health(health({ dropped: 5 }));
  t.strictSame(asked, [snapshot]);
});

t.test('so is what a damaged log has lost', async (t) => {
  const { keeper, events, lines, asked } = keeping();
  const damaged = { file: 'events.db.damaged', reason: 'malformed', salvaged: 12 };
  keeper.quarantined(damaged, born + 5);
  t.strictSame(events, [{ at: born + 5, type: 'log.quarantined', data: damaged }]);
  t.strictSame(lines, [['error', 'a damaged log was set aside', damaged]]);
  t.strictSame(asked, [snapshot]);
});

t.test('a snapshot that cannot be saved costs nothing else', async (t) => {
  const broken = { saveSnapshot: () => Promise.reject(new Error('oh')) };
  const { keeper, events } = keeping(broken);
  keeper.quarantined({ file: 'f', reason: 'r', salvaged: 0 }, born);
  keeper.health(degraded());
  keeper.health(health({ dropped: 1 }));
  // An unhandled rejection would fail the test by now.
  await new Promise(setImmediate);
  t.equal(events.length, 3);
});

t.test('nothing is deleted before a snapshot is saved', async (t) => {
  const limits = { maxAgeMs: 1000, maxBytes: 2000 };
  const { keeper, asked, clock } = keeping();
  clock.now += 1;
  await keeper.retain(limits);
  t.strictSame(asked, [snapshot, ['retain', { ...limits, now: born + 1 }]]);

  const unsaved = keeping({ saveSnapshot: () => Promise.reject(new Error('oh')) });
  await t.rejects(unsaved.keeper.retain(limits), { message: 'oh' });
  t.strictSame(unsaved.asked, []);
});
