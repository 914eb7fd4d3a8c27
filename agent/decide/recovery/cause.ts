import type { End } from '../../model/recovery-state.ts';
import type { State } from '../../model/state.ts';
import type { WaitReason } from './decision.ts';

/** Long enough for every verdict that comes in time (its 99th percentile is about 350 ms), ms. */
const verdictMs = 700;

/** A machine that has just run out of memory gets so long to find its feet, ms. */
const memoryMs = 10_000;

/**
 * What ends by SIGKILL, or nobody knows how, may have ended for want of memory: only the verdict tells. A program that
 * exits, or crashes, did not.
 */
const needsVerdict = ({ exit }: End): boolean => !exit || exit.signal === 9;

export interface CauseWait {
  until: number;
  /** Null: too short to speak of. */
  reason: WaitReason | null;
}

/** How long the cause of an end keeps its first restart; null: not at all. */
export const causeWait = (state: State, end: End | undefined, now: number): CauseWait | null => {
  // An end that seems to come from the future was before the clock was set back.
  if (!end || end.at > now) return null;
  if (end.reason !== 'died' || end.incident === undefined || !needsVerdict(end)) return null;
  const incident = state.incidents[end.incident];
  if (!incident) return null;
  if (!incident.verdict) return { until: end.at + verdictMs, reason: null };
  const { cause } = incident.verdict;
  return cause === 'oom-system' || cause === 'oomd'
    ? { until: end.at + memoryMs, reason: 'short-of-memory' }
    : null;
};
