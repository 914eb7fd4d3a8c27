import { breakerOf, replacing, subjectOf } from '../../model/breaker.ts';
import type { RecoveryPolicy } from '../../model/config/config.ts';
import type { Target } from '../../model/events/action.ts';
import type { Attempt } from '../../model/recovery-state.ts';
import type { State } from '../../model/state.ts';
import { backOffUntil, probeDueAt } from './back-off.ts';
import type { CauseWait } from './cause.ts';
import { type Decision, decide, nothing, type Plan, type PlannedAction } from './decision.ts';
import type { Outlook } from './outlook.ts';
import { recentRestarts } from './restarts.ts';

export interface Missing {
  /** What would bring it back. */
  action: PlannedAction;
  policy: RecoveryPolicy;
  attempts: readonly Attempt[];
  /** When it ended, or was seen to be missing. */
  endedAt: number;
  causeWait: CauseWait | null;
  /** Whether starts are paced: servers are few. */
  isPaced: boolean;
}

const only = (decision: Decision, action: PlannedAction, now: number): Plan => ({
  ...nothing,
  events: [decide(decision, action.reason, action.target, now)],
});

/** Says once why something is not started now. */
export const hold = (
  { state, now }: Outlook,
  target: Target,
  decision: 'wait' | 'leave',
  reason: PlannedAction['reason'],
  until?: number,
): Plan => {
  const held = state.recoveries?.[subjectOf(target)]?.held;
  const isKnown = held?.reason === reason && held.until === (until ?? null);
  const events = isKnown ? [] : [decide(decision, reason, target, now, until)];
  return { events, actions: [], wakeAt: until ?? null };
};

/** What the policy makes it wait for; null: nothing. */
const waits = (outlook: Outlook, missing: Missing): Plan | null => {
  const { now, state } = outlook;
  const { action, policy, attempts, endedAt, causeWait } = missing;
  const subject = subjectOf(action.target);
  const { steadyAt } = state.recoveries?.[subject] ?? {};
  const backOff = backOffUntil({ subject, attempts, steadyAt, endedAt }, policy, now);
  const until = Math.max(backOff, causeWait?.until ?? 0);
  if (until <= now) return null;
  const reason = backOff >= until ? 'backing-off' : (causeWait?.reason ?? null);
  return reason === null
    ? { ...nothing, wakeAt: until }
    : hold(outlook, action.target, 'wait', reason, until);
};

/**
 * When an open breaker tries it, ms since the epoch; null: never by itself. Clocks jump: what seems to come from the future
 * was before the clock was set back, and what was tried then may come after its opening.
 */
export const probeDue = (
  { suspended, recoveries, attempts }: State,
  target: Target,
  policy: RecoveryPolicy,
  now: number,
): number | null => {
  const subject = subjectOf(target);
  const times = [suspended[subject] ?? now, ...(attempts[subject] ?? []).map(({ at }) => at)];
  const from = Math.max(0, ...times.filter((at) => at <= now));
  return probeDueAt(from, recoveries?.[subject]?.probes ?? 0, policy);
};

/** A breaker that is open tries it now and then; one that is half open has just seen it fail. */
const probes = ({ state, now }: Outlook, { action, policy, attempts }: Missing): Plan => {
  const probe: PlannedAction = { ...action, reason: 'probe' };
  if (breakerOf(state, subjectOf(action.target)) === 'half-open') {
    // What was ended to be tried is started now.
    if (attempts.at(-1)?.reason === replacing) return { ...nothing, actions: [probe] };
    return only('suspend', { ...action, reason: 'probe-failed' }, now);
  }
  const due = probeDue(state, action.target, policy, now);
  if (due === null || due > now) return { ...nothing, wakeAt: due };
  return { ...only('probe', probe, now), actions: [probe] };
};

const decisionFor = ({ reason }: PlannedAction): Decision =>
  reason === 'declared' ? 'start' : 'recover';

/** Brings something back as soon as its policy allows, and not more often than it allows. */
export const bringBack = (outlook: Outlook, missing: Missing): Plan => {
  const { state, now, starts } = outlook;
  const { action, policy, attempts } = missing;
  if (breakerOf(state, subjectOf(action.target)) !== 'closed') return probes(outlook, missing);
  const isFirst = attempts.length === 0 && action.reason === 'declared';
  if (!isFirst && recentRestarts(attempts, policy.windowMs, now) >= policy.maxRestarts) {
    return only('suspend', { ...action, reason: 'too-many-restarts' }, now);
  }
  const waiting = waits(outlook, missing);
  if (waiting) return waiting;
  if (missing.isPaced && !starts.take()) return { ...nothing, wakeAt: starts.moreAt };
  return { ...only(decisionFor(action), action, now), actions: [action] };
};
