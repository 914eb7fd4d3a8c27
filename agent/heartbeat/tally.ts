import { maxNames, type Timing } from '../protocol/heartbeat.ts';
import { added, amountOf, textOf } from './bounded.ts';

const longestName = 64;
/** Everything beyond the names that fit. */
const beyond = 'other';

const keyIn = (known: ReadonlyMap<string, unknown>, name: unknown): string => {
  const key = textOf(name, longestName);
  return known.has(key) || known.size < maxNames - 1 ? key : beyond;
};

/** Totals and times by name, of which there are never too many. */
export const createTally = () => {
  const counters = new Map<string, number>();
  const timings = new Map<string, Timing>();

  return {
    /** False: that was no number. */
    count(name: unknown, n: unknown): boolean {
      const amount = amountOf(n);
      if (amount === null) return false;
      const key = keyIn(counters, name);
      counters.set(key, added(counters.get(key) ?? 0, amount));
      return true;
    },
    time(name: unknown, value: unknown): boolean {
      const ms = amountOf(value);
      if (ms === null) return false;
      const key = keyIn(timings, name);
      const { count, sumMs, maxMs } = timings.get(key) ?? { count: 0, sumMs: 0, maxMs: 0 };
      timings.set(key, { count: count + 1, sumMs: sumMs + ms, maxMs: Math.max(maxMs, ms) });
      return true;
    },
    counters: (): Record<string, number> => Object.fromEntries(counters),
    timings: (): Record<string, Timing> =>
      Object.fromEntries(
        [...timings].map(([name, { count, sumMs, maxMs }]) => [
          name,
          { count, sumMs: Math.round(sumMs * 1000) / 1000, maxMs: Math.round(maxMs * 1000) / 1000 },
        ]),
      ),
  };
};
