import { duration } from '../../../model/duration.ts';
import { type Likeness, likenessOf } from '../likeness.ts';
import { type FindTrait, vaguestMs } from './found.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What repeats faster is a crash loop, whose rhythm is that of being brought back. */
const shortestMs = 10 * minuteMs;

const toleranceMs = 5 * minuteMs;

/** Jobs start a little late and sessions end a little later: a whole hour that is among the intervals is the period. */
const periodOf = ({ low, high }: Likeness): number => {
  const hours = Math.round((low + high) / 2 / hourMs) * hourMs;
  const isAmong = hours >= low - minuteMs && hours <= high + minuteMs;
  return isAmong ? hours : Math.round((low + high) / 2 / minuteMs) * minuteMs;
};

/** `36h`, where `duration` would say `1d 12h`. */
const periodText = (ms: number): string =>
  ms % hourMs === 0 && ms <= 48 * hourMs ? `${ms / hourMs}h` : duration(ms);

/**
 * As long after the one before, within 5 minutes. Two intervals agree by chance as often as they are close in
 * proportion (`likenessOf`), so two have to agree to the 400th part, and three to the 20th.
 */
export const sameInterval: FindTrait = (ends) => {
  const intervals = ends.slice(1).map((end, i) => {
    const before = ends[i];
    const isVague = end.vagueMs > vaguestMs || (before?.vagueMs ?? 0) > vaguestMs;
    return isVague || !before ? null : end.at - before.at;
  });
  const found = likenessOf(intervals, 1, 2);
  if (!found || found.low < shortestMs || found.high - found.low > 2 * toleranceMs) return null;
  const ms = periodOf(found);
  const often = found.agreeing === found.all ? '' : `, ${found.agreeing} of ${found.all} times`;
  return { kind: 'interval', text: `every ${periodText(ms)}${often}`, ms };
};
