import type { NewEvent } from '../../model/event.ts';
import type { ActionKind, Target } from '../../model/events/action.ts';

/**
 * The named reasons of recovery, as logged and counted. What docs/EVENTS.md says of each is in
 * `docs/events/value-meanings.ts`.
 */
export type Reason =
  | 'declared'
  | 'died'
  | 'resume-failed'
  | 'exited'
  | 'server-died'
  | 'socket-lost'
  | 'probe'
  | 'unhealthy'
  | 'refresh'
  | WaitReason
  | LeaveReason
  | 'too-many-restarts'
  | 'probe-failed'
  | 'steady';

/** Why something is not started yet. */
export type WaitReason = 'backing-off' | 'short-of-memory' | 'waits-for-other';

/** Why something is not started at all. */
export type LeaveReason = 'clean-exit' | 'restart-off';

export interface PlannedAction {
  kind: ActionKind;
  target: Target;
  reason: Reason;
}

export interface Plan {
  events: NewEvent[];
  actions: PlannedAction[];
  /** When time alone may change it, ms since the epoch; null: it does not. */
  wakeAt: number | null;
}

export const nothing: Plan = { events: [], actions: [], wakeAt: null };

/** What a decision is called: what is done, or not done. */
export type Decision =
  | 'start'
  | 'recover'
  | 'repair'
  | 'suspend'
  | 'probe'
  | 'replace'
  | 'close'
  | 'reset'
  | 'wait'
  | 'leave';

export const decide = (
  decision: Decision,
  reason: Reason,
  target: Target,
  at: number,
  until?: number,
): NewEvent => ({
  at,
  type: 'decision.made',
  data: { decision, reason, target, ...(until === undefined ? {} : { until }) },
});

const sooner = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

export const together = (plans: readonly Plan[]): Plan => ({
  events: plans.flatMap((plan) => plan.events),
  actions: plans.flatMap((plan) => plan.actions),
  wakeAt: plans.reduce<number | null>((wakeAt, plan) => sooner(wakeAt, plan.wakeAt), null),
});
