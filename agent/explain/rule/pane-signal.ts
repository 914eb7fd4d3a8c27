import type { DeathRecord } from '../../model/events/death.ts';
import type { Cause, Confidence } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { exitLines, firstExit } from '../exits.ts';
import { quoted } from '../naming.ts';
import { limitBehind } from '../own-limits.ts';
import type { Rule } from '../rule.ts';
import { isCrash, isLimit, namedSignal, SIGHUP, SIGKILL, signalName } from '../signals.ts';
import { isComplete, senderMissing, untoldOf } from '../witnessed/gaps.ts';
import { verdict } from '../wording.ts';
import { isMemoryExcluded } from '../written/kills-left.ts';

/** What a signal that was not witnessed may have been. */
interface Reading {
  cause: Cause;
  confidence: Confidence;
  how: string;
  missing: string[];
}

const ofCrash = (evidence: Evidence, name: string): Reading => ({
  ...{ cause: 'program-crash', confidence: 'possible' },
  how: `was ended by ${name}, as one is that crashes`,
  missing: [untoldOf(evidence, 'whether the signal came from the program itself')],
});

/** One that had such a limit is no matter of this rule. */
const ofLimit = (evidence: Evidence, name: string): Reading => ({
  ...{ cause: 'rlimit', confidence: 'possible' },
  how: `was ended by ${name}, as one is that reaches a limit of its own`,
  missing: [
    'which limits its process had: it was too young when it was looked at, or nobody could',
    senderMissing(evidence),
  ],
});

const sent = (evidence: Evidence, name: string): Reading => ({
  ...{ cause: 'signal', confidence: 'likely' },
  ...{ how: `was ended by ${name}`, missing: [senderMissing(evidence)] },
});

/** Kills of the kernel's own, as far as nothing speaks against them: a witness would have told of them. */
const kernelReasons = (evidence: Evidence): string[] => {
  if (isComplete(evidence)) return [];
  const isLimited = evidence.deaths.some((death) => limitBehind(death, SIGKILL) !== 'excluded');
  return [
    ...(isMemoryExcluded(evidence) ? [] : ['for want of memory']),
    ...(isLimited ? ['for a limit of its processor time'] : []),
  ];
};

/** It may have been sent; but `whether` it was is open. */
const doubtful = (evidence: Evidence, name: string, whether: string): Reading => {
  const reading = sent(evidence, name);
  const missing = [untoldOf(evidence, whether), ...reading.missing];
  return { ...reading, confidence: 'possible', missing };
};

const ofKill = (evidence: Evidence): Reading => {
  const others = kernelReasons(evidence);
  const whether = `whether the kernel killed it ${others.join(' or ')}`;
  return others.length === 0 ? sent(evidence, 'SIGKILL') : doubtful(evidence, 'SIGKILL', whether);
};

/** A program that lets go of its terminal, as many do in the moment they end, has its pane closed by tmux. */
const ofHangUp = (evidence: Evidence): Reading =>
  doubtful(
    evidence,
    'SIGHUP',
    'whether somebody sent it, or the program had let go of its terminal',
  );

const readingOf = (evidence: Evidence, death: DeathRecord, signal: number): Reading => {
  const name = signalName(signal);
  // A unit has no pane.
  if (signal === SIGHUP && !death.unit) return ofHangUp(evidence);
  if (signal === SIGKILL) return ofKill(evidence);
  if (isCrash(signal)) return ofCrash(evidence, name);
  if (isLimit(signal) && limitBehind(death, signal) !== 'excluded') return ofLimit(evidence, name);
  return sent(evidence, name);
};

export const paneSignal: Rule = {
  name: 'pane-signal',
  sentence:
    "The session's last program was ended by a signal, which tmux recorded. Who sent it is not known, nor whether somebody did.",
  judge: (evidence) => {
    const found = firstExit(evidence);
    const number = found?.exit.signal;
    if (!found || number == null) return null;
    const { cause, confidence, how, missing } = readingOf(evidence, found.death, number);
    return verdict({
      ...{ cause, confidence, missing },
      summary: `the program of ${quoted(found.death.session)} ${how}`,
      signal: namedSignal(number),
      evidence: exitLines(evidence),
    });
  },
};
