import { hash } from 'node:crypto';
import { jitter, waitAfter } from '../../model/backoff.ts';
import type { RecoveryPolicy } from '../../model/config/config.ts';
import type { Attempt } from '../../model/recovery-state.ts';
import { restartsInARow } from './restarts.ts';

/** In [0, 1), and always the same of one text: a decision that is asked for twice is the same. */
const chance = (text: string): number =>
  Number.parseInt(hash('sha256', text).slice(0, 8), 16) / 2 ** 32;

interface Past {
  subject: string;
  attempts: readonly Attempt[];
  steadyAt: number | undefined;
  /** When it ended, or was seen to be missing. */
  endedAt: number;
}

/** Until when it waits before it is brought back once more: not at all the first time. ms since the epoch */
export const backOffUntil = (past: Past, policy: RecoveryPolicy, now: number): number => {
  const { subject, attempts, steadyAt, endedAt } = past;
  const inARow = restartsInARow(attempts, steadyAt, now);
  if (inARow === 0) return now;
  const last = attempts.findLast(({ at }) => at <= now)?.at ?? endedAt;
  const pace = { first: policy.firstWaitMs, longest: policy.longestWaitMs };
  const longest = waitAfter(inARow - 1, pace);
  const wait = Math.round(longest * (1 - jitter * chance(`${subject} ${last}`)));
  // An end that seems to come from the future was before the clock was set back.
  return Math.max(last, endedAt <= now ? endedAt : last) + wait;
};

/** The wait before a half-open try gets no longer than this, ms. */
const longestProbeMs = 86_400_000;

/** When an open breaker tries it, ms since the epoch; null: never by itself. */
export const probeDueAt = (
  openSince: number,
  probes: number,
  { probeAfterMs, windowMs }: RecoveryPolicy,
): number | null => {
  if (probeAfterMs === null) return null;
  const longest = Math.max(longestProbeMs, windowMs, probeAfterMs);
  return openSince + waitAfter(probes, { first: probeAfterMs, longest });
};
