/** What was measured before this is of no interest, ms. */
export const recentMs = 60_000;

/** Measures are taken every five seconds, and more often where lives are young: none are kept that are closer. ms */
const apartMs = 4000;

/** A minute of them. They have to fit into an event beside the names of those that died. */
export const mostRecent = 14;

/** Those of the minute that ends then; what a clock which was set back leaves in the future is none. */
export const minuteUntil = <T extends { at: number }>(points: readonly T[], until: number): T[] =>
  points.filter(({ at }) => at <= until && at >= until - recentMs);

/**
 * The measures of the last minute with one more. The newest is always among them; of the others each is `apartMs` after the one
 * before.
 * @param points oldest first
 */
export const withRecent = <T extends { at: number }>(points: readonly T[], point: T): T[] => {
  const kept = minuteUntil(points, point.at);
  const [before, last] = kept.slice(-2);
  if (before && last && last.at - before.at < apartMs) kept.pop();
  return [...kept, point].slice(-mostRecent);
};
