import { type Beat, maxNames, type Timing, type Traffic } from '../../protocol/heartbeat.ts';

const sum = (a: number, b: number): number => Math.min(Number.MAX_SAFE_INTEGER, a + b);

const latest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

const traffic = (a: Traffic, b: Traffic): Traffic => ({
  count: sum(a.count, b.count),
  lastAt: latest(a.lastAt, b.lastAt),
});

const timing = (a: Timing, b: Timing): Timing => ({
  count: sum(a.count, b.count),
  sumMs: sum(a.sumMs, b.sumMs),
  maxMs: Math.max(a.maxMs, b.maxMs),
});

type Errors = NonNullable<Beat['errors']>;

const errors = (a: Errors, b: Errors): Errors => ({
  count: sum(a.count, b.count),
  last: b.last ?? a.last,
});

const both = <T>(a: T | undefined, b: T | undefined, add: (a: T, b: T) => T): T | undefined =>
  a === undefined || b === undefined ? (a ?? b) : add(a, b);

/** Of more names than one beat may have the first stay. */
const records =
  <T>(add: (a: T, b: T) => T) =>
  (a: Record<string, T>, b: Record<string, T>): Record<string, T> => {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].slice(0, maxNames);
    return Object.fromEntries(names.map((name) => [name, both(a[name], b[name], add) as T]));
  };

const counted = {
  in: traffic,
  out: traffic,
  reconnects: sum,
  errors,
  counters: records(sum),
  timings: records(timing),
};

/** What programs said of a bot that each said a part and ended: counts are added up, all else is as it was said last. */
export const addDelta = (before: Beat, { startedAt: _, ...delta }: Beat): Beat => {
  const totals = Object.entries(counted).flatMap(([name, add]) => {
    const key = name as keyof typeof counted;
    const total = both(before[key], delta[key], add as (a: unknown, b: unknown) => never);
    return total === undefined ? [] : [[key, total]];
  });
  return { ...before, ...delta, ...Object.fromEntries(totals) };
};
