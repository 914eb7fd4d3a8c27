import { nextWait as nextOf, type Pace } from '../../model/backoff.ts';

const pace: Pace = { first: 100, longest: 5000 };
/** A child that lived this long failed for a new reason, ms. */
const steadyMs = 30_000;

/** How long to wait before a child is started again, ms. `last`: the wait before this one; null at first. */
export const nextWait = (last: number | null, livedMs: number): number =>
  nextOf(livedMs >= steadyMs ? null : last, pace);
