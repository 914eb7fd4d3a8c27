import type { CheckName, CheckSample, HealthStatus } from '../../model/health.ts';

export interface Overall {
  status: HealthStatus;
  /** The check that decided it; null: all of them, or none yet. */
  check: CheckName | null;
  reason: string;
}

/** What is grave comes first. */
const grave = ['failed', 'waiting', 'degraded'] as const;

/** What all checks of a session or unit come to. */
export const overall = (checks: readonly CheckSample[]): Overall => {
  for (const status of grave) {
    const worst = checks.find(({ level }) => level === status);
    if (worst) return { status, check: worst.check, reason: worst.reason };
  }
  const undecided = checks.find(({ level, unasked }) => level === null && unasked === undefined);
  return undecided
    ? { status: 'starting', check: undecided.check, reason: `${undecided.check} is not known yet` }
    : { status: 'healthy', check: null, reason: 'all is well' };
};
