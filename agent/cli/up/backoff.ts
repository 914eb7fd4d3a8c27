const firstMs = 100;
const longestMs = 5000;
/** A child that lived this long failed for a new reason. */
const steadyMs = 30_000;

/** How long to wait before a child is started again, ms. `last`: the wait before this one; null at first. */
export const nextWait = (last: number | null, livedMs: number): number =>
  last === null || livedMs >= steadyMs ? firstMs : Math.min(longestMs, last * 2);
