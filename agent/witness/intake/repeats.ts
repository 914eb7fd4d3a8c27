import { putLast } from '../put-last.ts';

/** The same again so often, within so long, ms, tells something; more of it tells nothing. */
const most = 5;
const withinMs = 100;

/** Different ones that are told apart. */
const mostKeys = 512;

/**
 * Knows a flood: the same signal from the same sender to the same victim, again and again. It would push out all else there
 * is to remember.
 */
export const createRepeats = () => {
  const counts = new Map<string, { since: number; count: number }>();
  return {
    /** @param at ms, on any clock */
    isOneTooMany(key: string, at: number): boolean {
      const known = counts.get(key);
      if (known && at - known.since < withinMs) {
        known.count += 1;
        return known.count > most;
      }
      putLast(counts, key, { since: at, count: 1 }, mostKeys);
      return false;
    },
  };
};
