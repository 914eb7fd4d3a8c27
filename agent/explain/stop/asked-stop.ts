import { loginNames } from '../asked/ask-words.ts';
import { stopAsker } from '../asked/asker.ts';
import { asksToKill, asksToKillLogin, asksToStop } from '../asked/asks.ts';
import { slackMs } from '../clock-slack.ts';
import type { Evidence } from '../evidence.ts';
import { shortened } from '../naming.ts';
import { signalName } from '../signals.ts';
import { isLogin } from '../unit.ts';
import { type FactOf, factLine, factsOf, isBetween } from '../written/facts.ts';
import { packageRunAt, packageRunText } from '../written/packages.ts';
import { stopEnd, stopOf } from '../written/stop-job.ts';
import type { Stop, StopReason } from './stop-shapes.ts';

const notAsked =
  'who or what asked for that: systemd does not write it down, and nothing else of that time tells it';

type Job = FactOf<'unit-job'>;

export const stopped = ({ job, unit }: Job): string =>
  `${shortened(unit, 60)} was ${job === 'restart' ? 'restarted' : 'stopped'}`;

/** @param units of the victim: to stop a slice is to stop what is in it */
const byRequest = (evidence: Evidence, job: Job, units: readonly string[]): StopReason | null => {
  const named = [job.unit, ...units];
  const asker = stopAsker(evidence, job.at, (command) => asksToStop(command, named));
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
export const byJob = (evidence: Evidence, { units, at }: Stop): StopReason | null => {
  const job = stopOf(evidence, units, at);
  if (!job) return null;
  // The scope of a login is stopped by logind as that ends; of one without a terminal it says nothing.
  const isOfLogin = isLogin(job.unit);
  const unknown: StopReason = {
    ...{ cause: isOfLogin ? 'logout' : 'unit-stop', isCertain: !isOfLogin, actor: null, lines: [] },
    text: isOfLogin ? `the login of ${shortened(job.unit, 40)} ended` : stopped(job),
    missing: [notAsked],
  };
  const reason = byRequest(evidence, job, units) ?? byPackages(evidence, job) ?? unknown;
  const end = stopEnd(evidence, job);
  return { ...reason, lines: [...reason.lines, factLine(job), ...(end ? [factLine(end)] : [])] };
};

/** systemd says that it sent a signal just after it did. ms */
const saysWithinMs = 2000;

/** Somebody had systemd send a signal, and the unit was not stopped. */
export const byKill = (evidence: Evidence, { units, at, signal }: Stop): StopReason | null => {
  if (!signal) return null;
  const fact = factsOf(evidence, 'unit-signal').find(
    (one) =>
      one.onRequest &&
      one.pid === signal.pid &&
      one.signal === signalName(signal.number) &&
      units.includes(one.unit) &&
      isBetween(at - slackMs, at + saysWithinMs)(one),
  );
  if (!fact) return null;
  const names = loginNames(units, evidence.users);
  const isAsking = (command: string): boolean =>
    asksToKill(command, [fact.unit]) || asksToKillLogin(command, names);
  const asker = stopAsker(evidence, at, isAsking);
  const by = asker ? `, asked for by ${asker.text}` : '';
  return {
    ...{ cause: 'signal', text: `somebody had it sent to ${shortened(fact.unit, 60)}${by}` },
    ...{ isCertain: true, actor: asker?.actor ?? null },
    lines: [...(asker ? [asker.line] : []), factLine(fact)],
    missing: asker ? [] : [notAsked],
  };
};
