import { waitAfter } from '../../model/backoff.ts';
import type { SessionRefresh } from '../../model/config/refresh.ts';
import type { RefreshAttempt } from '../../model/refresh.ts';

/** No wait after a failure is longer, but for a first one that is. ms */
const longestWaitMs = 3_600_000;

type Policy = Pick<SessionRefresh, 'maxAttempts' | 'windowMs' | 'firstWaitMs'>;

/** Whether it may be tried now; `gave-up`: not before the window is over, and the last one failed. */
export type Turn = 'free' | 'back-off' | 'too-many' | 'gave-up';

/** @param attempts what seems to come from the future was before the clock was set back, and makes nothing wait */
export const turnOf = (
  attempts: readonly RefreshAttempt[],
  { maxAttempts, windowMs, firstWaitMs }: Policy,
  now: number,
): Turn => {
  const past = attempts.filter(({ at }) => at <= now);
  const last = past.at(-1);
  if (!last) return 'free';
  const recent = past.filter(({ at }) => at > now - windowMs);
  if (recent.length >= maxAttempts) return last.outcome === 'done' ? 'too-many' : 'gave-up';
  const inARow = past.length - 1 - past.findLastIndex(({ outcome }) => outcome === 'done');
  if (inARow === 0) return 'free';
  const longest = Math.max(longestWaitMs, firstWaitMs);
  const wait = waitAfter(inARow - 1, { first: firstWaitMs, longest });
  return now < (last.endedAt <= now ? last.endedAt : last.at) + wait ? 'back-off' : 'free';
};
