import type { Actor, Cause, EvidenceLine } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { shortened } from '../naming.ts';
import { stopAsker } from './asker.ts';
import { asksToStop } from './asks.ts';
import { loginEndOf } from './login.ts';
import { clockMs, type FactOf, factLine, factsOf, isBetween } from './of-kind.ts';
import { packageRunAt, packageRunText } from './packages.ts';
import { shutdownBetween } from './shutdown.ts';
import { stopEnd, stopOf, stopsWithinMs } from './stop.ts';

/** Why a unit was stopped, as far as it was written down. */
export interface StopReason {
  cause: Cause;
  /** Ends a sentence. */
  text: string;
  /** Of the cause; who asked is another question. */
  isCertain: boolean;
  /** Null: nobody is named. */
  actor: Actor | null;
  lines: EvidenceLine[];
  missing: string[];
}

const notAsked =
  'who or what asked for that: systemd does not write it down, and nothing else of that time does';

const byShutdown = (evidence: Evidence, at: number): StopReason | null => {
  const down = shutdownBetween(evidence, at - stopsWithinMs, at + clockMs);
  if (!down) return null;
  return {
    ...{ cause: 'shutdown', text: `the machine was ${down.what}${down.by}`, isCertain: true },
    ...{ actor: down.actor, lines: down.lines },
    missing: down.isAsked ? [] : ['who or what took the machine down'],
  };
};

const byLogin = (evidence: Evidence, units: readonly string[], at: number): StopReason | null => {
  const end = loginEndOf(evidence, units, at);
  if (!end) return null;
  const { fact, user } = end;
  const whose = user === null ? '' : ` of ${shortened(user, 40)}`;
  return {
    ...{ cause: 'logout', text: `the login ${shortened(fact.session, 20)}${whose} ended` },
    ...{ isCertain: true, actor: null, lines: [factLine(fact)], missing: [] },
  };
};

type Job = FactOf<'unit-job'>;

const stopped = ({ job, unit }: Job): string =>
  `${shortened(unit, 60)} was ${job === 'restart' ? 'restarted' : 'stopped'}`;

const byRequest = (evidence: Evidence, job: Job): StopReason | null => {
  const asker = stopAsker(evidence, job.at, (command) => asksToStop(command, [job.unit]));
  if (!asker) return null;
  return {
    ...{ cause: 'unit-stop', text: `${stopped(job)}, asked for by ${asker.text}` },
    ...{ isCertain: true, actor: asker.actor, lines: [asker.line], missing: [] },
  };
};

const byPackages = (evidence: Evidence, job: Job): StopReason | null => {
  const run = packageRunAt(evidence, job.at);
  if (!run) return null;
  return {
    ...{ cause: 'unit-stop', text: `${stopped(job)} after ${packageRunText(run)}` },
    ...{ isCertain: false, actor: null, lines: [factLine(run)] },
    missing: ['whether the packages were what it was for: systemd does not write down who asked'],
  };
};

/** A job of systemd: somebody or something asked for it. */
const byJob = (evidence: Evidence, units: readonly string[], at: number): StopReason | null => {
  const job = stopOf(evidence, units, at);
  if (!job) return null;
  const unknown: StopReason = {
    ...{ cause: 'unit-stop', text: stopped(job), isCertain: true, actor: null, lines: [] },
    missing: [notAsked],
  };
  const reason = byRequest(evidence, job) ?? byPackages(evidence, job) ?? unknown;
  const end = stopEnd(evidence, job);
  return { ...reason, lines: [...reason.lines, factLine(job), ...(end ? [factLine(end)] : [])] };
};

const results: Readonly<Record<string, string>> = {
  timeout: 'ran longer than its unit allows (RuntimeMaxSec= or another limit of time)',
  watchdog: 'did not report in time (WatchdogSec=)',
};

/** What systemd did by itself: no job, but a result. */
const byItself = (evidence: Evidence, units: readonly string[], at: number): StopReason | null => {
  const result = factsOf(evidence, 'unit-result').find(
    (fact) =>
      units.includes(fact.unit) &&
      results[fact.result] !== undefined &&
      isBetween(at - clockMs, at + 2 * stopsWithinMs)(fact),
  );
  const exit = factsOf(evidence, 'unit-exit').findLast(
    (fact) => units.includes(fact.unit) && isBetween(at - stopsWithinMs, at + clockMs)(fact),
  );
  const known = { cause: 'unit-stop', isCertain: true, actor: null, missing: [] } as const;
  if (result) {
    const text = `${shortened(result.unit, 60)} ${results[result.result]}`;
    return { ...known, text, lines: [factLine(result)], missing: [] };
  }
  if (!exit) return null;
  const text = `the main process of ${shortened(exit.unit, 60)} had ended, and systemd ends what is left then`;
  return { ...known, isCertain: false, text, lines: [factLine(exit)], missing: [] };
};

/**
 * Why these units of the first systemd were being stopped at `at`; null: nothing of it was written down. What led to
 * something else is asked first: a shutdown and the end of a login stop units by jobs too.
 */
export const stopReason = (
  evidence: Evidence,
  units: readonly string[],
  at: number,
): StopReason | null =>
  byShutdown(evidence, at) ??
  byLogin(evidence, units, at) ??
  byJob(evidence, units, at) ??
  byItself(evidence, units, at);
