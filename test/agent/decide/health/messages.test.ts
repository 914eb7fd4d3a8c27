import t from 'tap';
import type { Seen } from '../../../../agent/decide/health/check.ts';
import { checks } from '../../../../agent/decide/health/checks.ts';
import { type Arrivals, countArrivals } from '../../../../agent/model/bot/arrivals.ts';
import type { LifeSample } from '../../../../agent/model/samples.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A Friday. */
const noon = Date.parse('2026-01-30T12:00Z');
const workdays = { from: 8 * 60, to: 22 * 60, days: [1, 2, 3, 4, 5], timezone: 'UTC' };
const check = { withinMs: 30 * minute, atLeast: 1, hours: workdays, bot: null };

/** @param told totals, each so long after the first look, which is at the first of them */
const arrivals = (begin: number, told: Record<number, number>): Arrivals | undefined =>
  Object.entries(told).reduce<Arrivals | undefined>(
    (known, [after, count]) =>
      countArrivals(
        known,
        [{ bot: '', startedAt: 1, count }],
        begin + Number(after) * minute,
        check.withinMs,
      ),
    undefined,
  );

const seenOf = (now: number, more: Partial<Seen>, sample: Partial<LifeSample>): Seen => ({
  ...{ now, lookedAt: now - 10_000, host: null, screenHas: null, ...more },
  sample: {
    ...{ resyncs: 1, lastSeen: now, lastActivityAt: null, foreground: null, usage: null },
    ...{ recent: [], panes: new Map(), ...sample },
  },
});

const messages = (
  now: number,
  known: Arrivals | undefined,
  { changes = {}, ...more }: Partial<Seen> & { changes?: Partial<typeof check> } = {},
) => checks.messages(seenOf(now, more, known ? { arrivals: known } : {}), { ...check, ...changes });

t.test('enough is well, silence is a failure', async (t) => {
  const begin = noon - 47 * minute;
  const one = (last: number) => arrivals(begin, { 0: 0, 1: 0, [last]: 1, 47: 1 });
  t.match(messages(noon, one(20)), { status: 'ok', reason: '1 message within 30m' });
  t.match(messages(noon, one(16)), {
    status: 'failed',
    reason: 'no message for 31m; expected at least 1 in 30m',
  });
  t.match(messages(noon, arrivals(begin, { 0: 5, 47: 5 })), {
    status: 'failed',
    reason: 'no message for 47m; expected at least 1 in 30m',
  });
  t.match(messages(noon, one(20), { changes: { atLeast: 3 } }), {
    status: 'failed',
    reason: '1 message in 30m; expected at least 3 in 30m',
  });
  t.match(messages(noon, arrivals(begin, { 0: 0, 47: 0 }), { changes: { hours: null as never } }), {
    status: 'failed',
  });
  t.equal(messages(noon, undefined), null);
});

t.test('a bot that counts nothing cannot be told from one that gets nothing', async (t) => {
  const nobody = countArrivals(undefined, [], noon - hour, check.withinMs);
  t.match(messages(noon, nobody), {
    status: 'failed',
    reason: 'no bot of it counts messages; expected at least 1 in 30m',
  });
});

t.test(
  'outside its hours, and early in them, silence is nothing, and a message is good news',
  async (t) => {
    const silent = (at: number) => arrivals(at - 5 * hour, { 0: 0, 300: 0 });
    for (const [at, reason] of [
      ['2026-01-30T07:00Z', 'no message is expected at this time'],
      ['2026-01-31T12:00Z', 'no message is expected at this time'],
      ['2026-01-30T08:29Z', 'messages are expected within 30m'],
    ] as const) {
      const now = Date.parse(at);
      t.match(messages(now, silent(now)), { status: 'ok', reason }, at);
      t.match(messages(now, silent(now), { level: 'ok' }), { status: 'ok' });
      t.equal(messages(now, silent(now), { level: 'failed' }), null, 'what failed has not mended');
      const some = arrivals(now - 60 * minute, { 0: 0, 59: 1, 60: 1 });
      t.match(messages(now, some, { level: 'failed' }), { status: 'ok', reason: /1 message/ });
    }
    const now = Date.parse('2026-01-30T08:30Z');
    t.match(messages(now, silent(now)), { status: 'failed' });
  },
);

t.test('nor for a while after a start, or when the clock was set', async (t) => {
  const young = arrivals(noon - 29 * minute, { 0: 0, 29: 0 });
  t.match(messages(noon, young), { status: 'ok', reason: 'messages are expected within 30m' });
  const old = arrivals(noon - 31 * minute, { 0: 0, 31: 0 });
  t.match(messages(noon, old), { status: 'failed' });
  t.match(messages(noon, old, { clockSetAt: noon - minute }), { status: 'ok' });
});

t.test('canary: its answer counts once, and outside its hours nothing is missed', async (t) => {
  const canary = {
    ...{ run: 'true', cwd: null, everyMs: hour, timeoutMs: minute, expect: 'received' as const },
    ...{ hours: workdays as typeof workdays | null, bot: null },
  };
  const answer = { status: 'failed', reason: 'not received', at: noon - 5000 } as const;
  const probes = { canary: answer };
  t.match(checks.canary(seenOf(noon, {}, { probes }), canary), { status: 'failed' });
  const later = { lookedAt: noon - 5000 };
  t.equal(checks.canary(seenOf(noon, later, { probes }), canary), null);
  t.equal(checks.canary(seenOf(noon, {}, {}), { ...canary, hours: null }), null);
  const night = noon + 11 * hour;
  t.match(checks.canary(seenOf(night, {}, { probes: {} }), canary), { status: 'ok' });
  t.equal(checks.canary(seenOf(night, { level: 'failed' }, {}), canary), null);
});
