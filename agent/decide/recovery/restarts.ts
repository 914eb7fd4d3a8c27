import type { Attempt } from '../../model/state.ts';

/** What seems to come from the future was before the clock was set back, nobody knows how long. */
const since = (attempts: readonly Attempt[], from: number, now: number): readonly Attempt[] =>
  attempts.filter(({ at }) => at > from && at <= now);

/** The first start of something is no restart; trying it again is. */
const restartsAmong = (attempts: readonly Attempt[]): number =>
  attempts.length - (attempts.some(({ reason }) => reason === 'declared') ? 1 : 0);

/** Restarts within the window before `now`. */
export const recentRestarts = (
  attempts: readonly Attempt[],
  windowMs: number,
  now: number,
): number => restartsAmong(since(attempts, now - windowMs, now));

/** Restarts since it was last up and well for long. */
export const restartsInARow = (
  attempts: readonly Attempt[],
  steadyAt: number | undefined,
  now: number,
): number => restartsAmong(since(attempts, steadyAt ?? Number.NEGATIVE_INFINITY, now));
