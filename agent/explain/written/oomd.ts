import type { Evidence } from '../evidence.ts';
import { isWithin } from '../unit.ts';
import { type FactOf, factsOf, isBetween } from './facts.ts';

/** systemd-oomd says what it killed once it is done with it. ms */
export const oomdWithinMs = 5000;

/** What systemd-oomd says it killed at `at`, if the process was in there. */
export const oomdKillOf = (
  evidence: Evidence,
  cgroup: string | null,
  at: number,
): FactOf<'oomd-kill'> | null =>
  factsOf(evidence, 'oomd-kill')
    .filter(isBetween(at - oomdWithinMs, at + oomdWithinMs))
    .find(({ group }) => isWithin(cgroup, group)) ?? null;
