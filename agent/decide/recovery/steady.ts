import { breakerOf, subjectOf } from '../../model/breaker.ts';
import type { RecoveryPolicy } from '../../model/config/config.ts';
import type { Target } from '../../model/events/action.ts';
import type { Attempt } from '../../model/state.ts';
import { decide, nothing, type Plan } from './decision.ts';
import type { Outlook } from './outlook.ts';
import { restartsInARow } from './restarts.ts';

/** What has been up for long has recovered: its breaker closes, and its next restart comes at once again. */
export const planSteady = (
  { state, now }: Outlook,
  target: Target,
  { steadyAfterMs }: RecoveryPolicy,
  upSince: number,
  attempts: readonly Attempt[],
): Plan => {
  if (now - upSince < steadyAfterMs) return nothing;
  const subject = subjectOf(target);
  if (breakerOf(state, subject) !== 'closed') {
    return { ...nothing, events: [decide('close', 'steady', target, now)] };
  }
  const { steadyAt } = state.recoveries?.[subject] ?? {};
  if (restartsInARow(attempts, steadyAt, now) === 0) return nothing;
  return { ...nothing, events: [decide('reset', 'steady', target, now)] };
};
