import { slackMs } from '../clock-slack.ts';
import type { Evidence } from '../evidence.ts';
import { shortened } from '../naming.ts';
import { factLine, factsOf, isBetween } from '../written/facts.ts';
import { loginEndOf, loginEndText } from '../written/login.ts';
import { stopOf, stopsWithinMs } from '../written/stop-job.ts';
import { unitMemory } from '../written/unit-memory.ts';
import { byJob, byKill } from './asked-stop.ts';
import { byKillCommand, byStopCommand } from './commanded-stop.ts';
import { shutdownBetween } from './shutdown.ts';
import type { Stop, StopReason } from './stop-shapes.ts';
import { byItself } from './unasked-stop.ts';

const byShutdown = (evidence: Evidence, { at }: Stop): StopReason | null => {
  const down = shutdownBetween(evidence, at - stopsWithinMs, at + slackMs);
  if (!down) return null;
  return {
    ...{ cause: 'shutdown', text: `the machine was ${down.what}${down.by}`, isCertain: true },
    ...{ actor: down.actor, lines: down.lines },
    missing: down.isAsked ? [] : ['who or what took the machine down'],
  };
};

const byLogin = (evidence: Evidence, { units, at, isByManager }: Stop): StopReason | null => {
  const end = isByManager ? loginEndOf(evidence, units, at) : null;
  if (!end) return null;
  return {
    ...{ cause: 'logout', text: loginEndText(end), isCertain: true },
    ...{ actor: null, lines: [factLine(end.fact)], missing: [] },
  };
};

const endedForMemory = (evidence: Evidence, unit: string, at: number): boolean =>
  factsOf(evidence, 'unit-result')
    .filter(isBetween(at - stopsWithinMs, at + stopsWithinMs))
    .some((fact) => fact.unit === unit && fact.result === 'oom-kill');

/** Of a unit that lost a process for want of memory systemd stops the rest; not of one that was stopped already. */
const byMemory = (evidence: Evidence, { units, at, signal }: Stop): StopReason | null => {
  const found = unitMemory(evidence, units, at);
  // Under OOMPolicy=continue nothing is stopped for it, and systemd tells of it all the same.
  if (found && !signal && !endedForMemory(evidence, found.word.unit, at)) return null;
  if (!found || stopOf(evidence, units, found.word.at)) return null;
  const { word, cause, text, report } = found;
  return {
    ...{ cause, isCertain: report !== null || cause === 'oomd', actor: null },
    text: `a process of ${shortened(word.unit, 60)} was killed for want of memory${text}`,
    lines: [...(report ? [factLine(report)] : []), factLine(word)],
    missing:
      report || cause === 'oomd'
        ? []
        : ['whose limit was reached: the kernel’s report of it was not read'],
  };
};

/**
 * Why these units of the first systemd were being stopped; null: nothing of it is known. Memory and a shutdown come
 * first; then a command that was seen; then a login that ended, which may be chance; then what is only written down.
 */
export const stopReason = (evidence: Evidence, stop: Stop): StopReason | null => {
  const commanded = [byKillCommand(evidence, stop), byStopCommand(evidence, stop)];
  const sure = commanded.find((reason) => reason?.isCertain);
  return (
    byMemory(evidence, stop) ??
    byShutdown(evidence, stop) ??
    sure ??
    byLogin(evidence, stop) ??
    byKill(evidence, stop) ??
    byJob(evidence, stop) ??
    commanded.find((reason) => reason !== null) ??
    byItself(evidence, stop)
  );
};
