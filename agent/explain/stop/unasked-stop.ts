import { slackMs } from '../clock-slack.ts';
import type { Evidence } from '../evidence.ts';
import { shortened } from '../naming.ts';
import { type FactOf, factLine, factsOf, isBetween } from '../written/facts.ts';
import { stopsWithinMs } from '../written/stop-job.ts';
import type { Stop, StopReason } from './stop-shapes.ts';

/** Results of a unit (systemd.exec(5), SERVICE_RESULT) that say what systemd ended it for. */
const results: Readonly<Record<string, string>> = {
  timeout: 'ran longer than its unit allows (RuntimeMaxSec= or another limit of time)',
  watchdog: 'did not report in time (WatchdogSec=)',
};

/** The result is given when all of the unit is gone. */
const resultOf = (evidence: Evidence, { units, at }: Stop): FactOf<'unit-result'> | undefined =>
  factsOf(evidence, 'unit-result').find(
    ({ unit, result, at: given }) =>
      units.includes(unit) &&
      results[result] !== undefined &&
      given >= at - slackMs &&
      given <= at + 2 * stopsWithinMs,
  );

/**
 * The end of the main process of a unit, for which systemd ends what is left of it. Not after the signal: that would be
 * what the signal did. Not of an earlier run of the unit.
 */
const mainEndOf = (evidence: Evidence, { units, at }: Stop): FactOf<'unit-exit'> | undefined =>
  factsOf(evidence, 'unit-exit').findLast(
    (exit) =>
      units.includes(exit.unit) &&
      isBetween(at - stopsWithinMs, at)(exit) &&
      !factsOf(evidence, 'unit-job').some(
        ({ unit, phase, at: over }) =>
          unit === exit.unit && phase === 'finished' && over >= exit.at && over <= at,
      ),
  );

/** What systemd did by itself: there is no job, but a result, or an end that came before. */
export const byItself = (evidence: Evidence, stop: Stop): StopReason | null => {
  const known = { cause: 'unit-stop' as const, actor: null, missing: [] };
  const result = resultOf(evidence, stop);
  if (result) {
    const text = `${shortened(result.unit, 60)} ${results[result.result]}`;
    return { ...known, isCertain: true, text, lines: [factLine(result)] };
  }
  const exit = stop.signal ? mainEndOf(evidence, stop) : undefined;
  if (!exit) return null;
  const text = `the main process of ${shortened(exit.unit, 60)} had ended, and systemd ends what is left then`;
  return { ...known, isCertain: false, text, lines: [factLine(exit)] };
};
