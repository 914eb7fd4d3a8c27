import { slackMs } from '../clock-slack.ts';
import type { Evidence } from '../evidence.ts';
import { type FactOf, factsOf, isBetween } from './facts.ts';

/** A unit may take so long to stop, and a little more (DefaultTimeoutStopSec= is 90 s). ms */
export const stopsWithinMs = 100_000;

const ending = new Set(['stop', 'restart']);

/**
 * The stop of one of these units that was going on at `at`. Only that it began counts: that a unit was stopped systemd
 * also says as it starts one again that ended by itself.
 */
export const stopOf = (
  evidence: Evidence,
  units: readonly string[],
  at: number,
): FactOf<'unit-job'> | null => {
  const jobs = factsOf(evidence, 'unit-job').filter(
    ({ unit, job }) => units.includes(unit) && ending.has(job),
  );
  const begun = jobs.findLast(
    (job) => job.phase === 'begun' && isBetween(at - stopsWithinMs, at + slackMs)(job),
  );
  const isOver =
    begun &&
    jobs.some(
      ({ phase, unit, at: over }) =>
        phase === 'finished' && unit === begun.unit && over >= begun.at && over < at - slackMs,
    );
  return begun && !isOver ? begun : null;
};

/** The unit is said to be stopped when all of it is gone: the end of that stop. */
export const stopEnd = (
  evidence: Evidence,
  { unit, at }: FactOf<'unit-job'>,
): FactOf<'unit-job'> | undefined =>
  factsOf(evidence, 'unit-job').find(
    (job) =>
      job.phase === 'finished' &&
      job.unit === unit &&
      ending.has(job.job) &&
      isBetween(at, at + 2 * stopsWithinMs)(job),
  );
