import { medianOf, type Points, type Series } from '../../model/series.ts';
import { lastOf, trendOf } from './trend.ts';

/** When something that grows is used up, if it goes on so. */
export interface Reach {
  /** What is used now, in the unit of the limit. */
  value: number;
  limit: number;
  /** What is added in a second. */
  slope: number;
  /** ms since the epoch. */
  reachesAt: number;
}

/**
 * What is looked at, and how far ahead it speaks for, ms: half of its own length, so that nothing is foretold from a glance.
 * The short ones see what is fast, the long ones what is slow or comes in steps.
 */
const windows = [
  { points: 'minutes', count: 20 },
  { points: 'minutes', count: 30 },
  { points: 'fives', count: 12 },
  { points: 'fives', count: 24 },
  { points: 'fives', count: 48 },
  { points: 'fives', count: 72 },
] as const;

const pointMs = { minutes: 60_000, fives: 300_000 };

const aheadShare = 0.5;

/** Enough was seen to say that nothing is to be feared. */
export const isKnown = ({ minutes }: Series): boolean => minutes.at.length >= windows[0].count;

/** A rise of less than this share of the limit from one quarter of a window to the next is noise. */
const noiseShare = 0.002;

/** Was it as high before? Then it comes back to where it was, as what is collected now and then does. */
const wasThere = ({ at, value }: Points, before: number, now: number): boolean =>
  value.some((earlier, i) => (at[i] ?? 0) < before && earlier >= now);

/**
 * When `series` reaches `limit`; null: not within the time that can be foretold, or it does not grow.
 * @param now ms since the epoch
 */
export const reachOf = (series: Series, limit: number, now: number): Reach | null => {
  let soonest: Reach | null = null;
  // Where a long window ends is minutes ago.
  const value = medianOf(lastOf(series.minutes, 3).value);
  for (const { points, count } of windows) {
    const window = lastOf(series[points], count);
    if (window.at.length < count) continue;
    const trend = trendOf(window, limit * noiseShare);
    if (!trend) continue;
    const { slope } = trend;
    if (wasThere(series.fives, window.at[0] ?? 0, trend.value)) continue;
    const leftMs = (Math.max(0, limit - value) / slope) * 1000;
    if (leftMs > count * pointMs[points] * aheadShare) continue;
    if (!soonest || now + leftMs < soonest.reachesAt) {
      soonest = { value, limit, slope, reachesAt: now + Math.round(leftMs) };
    }
  }
  return soonest;
};
