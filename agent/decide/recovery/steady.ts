import { breakerOf, subjectOf } from '../../model/breaker.ts';
import type { RecoveryPolicy } from '../../model/config/config.ts';
import type { Target } from '../../model/events/action.ts';
import type { Attempt } from '../../model/recovery-state.ts';
import { decide, nothing, type Plan } from './decision.ts';
import type { Outlook } from './outlook.ts';
import { restartsInARow } from './restarts.ts';

/** What was up before the clock was set back counts from the newest opening or try that does not seem to come from the future. */
const countsFrom = (
  upSince: number,
  opened: number | undefined,
  attempts: readonly Attempt[],
  now: number,
): number => {
  if (upSince <= now) return upSince;
  const times = [opened ?? 0, ...attempts.map(({ at }) => at)];
  return Math.max(0, ...times.filter((at) => at <= now));
};

/** What has been up for long has recovered: its breaker closes, and its next restart comes at once again. */
export const planSteady = (
  { state, now }: Outlook,
  target: Target,
  { steadyAfterMs }: RecoveryPolicy,
  upSince: number,
  attempts: readonly Attempt[],
): Plan => {
  const subject = subjectOf(target);
  if (now - countsFrom(upSince, state.suspended[subject], attempts, now) < steadyAfterMs) {
    return nothing;
  }
  if (breakerOf(state, subject) !== 'closed') {
    return { ...nothing, events: [decide('close', 'steady', target, now)] };
  }
  const { steadyAt } = state.recoveries?.[subject] ?? {};
  if (restartsInARow(attempts, steadyAt, now) === 0) return nothing;
  return { ...nothing, events: [decide('reset', 'steady', target, now)] };
};
