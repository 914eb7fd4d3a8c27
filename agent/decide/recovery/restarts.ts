import { replacing } from '../../model/breaker.ts';
import type { RecoveryPolicy } from '../../model/config/config.ts';
import type { Attempt } from '../../model/recovery-state.ts';

/** What seems to come from the future was before the clock was set back, nobody knows how long. */
const since = (attempts: readonly Attempt[], from: number, now: number): readonly Attempt[] =>
  attempts.filter(({ at }) => at > from && at <= now);

/** The first start of something is no restart; trying it again is. */
const restartsAmong = (attempts: readonly Attempt[]): number => {
  const starts = attempts.filter(({ reason }) => reason !== replacing);
  return starts.length - (starts.some(({ reason }) => reason === 'declared') ? 1 : 0);
};

/** Restarts within the window before `now`. */
export const recentRestarts = (
  attempts: readonly Attempt[],
  windowMs: number,
  now: number,
): number => restartsAmong(since(attempts, now - windowMs, now));

/** How often it was ended for its health within the window before `now`, whether that worked or not. */
export const recentEnds = (attempts: readonly Attempt[], windowMs: number, now: number): number =>
  since(attempts, now - windowMs, now).filter(({ reason }) => reason === replacing).length;

/** Whether it was started, or ended for its health, as often as may be: what is ended now would not come back. */
export const isUsedUp = (
  attempts: readonly Attempt[],
  { maxRestarts, windowMs }: Pick<RecoveryPolicy, 'maxRestarts' | 'windowMs'>,
  now: number,
): boolean =>
  Math.max(recentRestarts(attempts, windowMs, now), recentEnds(attempts, windowMs, now)) >=
  maxRestarts;

/** Restarts since it was last up and well for long. */
export const restartsInARow = (
  attempts: readonly Attempt[],
  steadyAt: number | undefined,
  now: number,
): number => restartsAmong(since(attempts, steadyAt ?? Number.NEGATIVE_INFINITY, now));
