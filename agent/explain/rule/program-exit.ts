import type { DeathRecord } from '../../model/events/death.ts';
import type { Confidence, EvidenceLine } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { exitLines, firstExit } from '../exits.ts';
import { quoted, shortened } from '../naming.ts';
import { isSettled, leaderOf } from '../own-limits.ts';
import type { Rule } from '../rule.ts';
import { handedOn, isRequest, signalName } from '../signals.ts';
import { endedBelow } from '../witnessed/ended-below.ts';
import { gapsIn, isComplete, untoldOf } from '../witnessed/gaps.ts';
import { signalLine } from '../witnessed/lines.ts';
import { natureOf } from '../witnessed/nature.ts';
import { otherSignals } from '../witnessed/other-signals.ts';
import { isTold } from '../witnessed/told.ts';
import { verdict } from '../wording.ts';

/** Signals around it that are no reason for the exit. */
const besides = (evidence: Evidence): EvidenceLine[] =>
  isTold(evidence)
    ? otherSignals(evidence, []).map((event) => signalLine(event, natureOf(event, evidence)))
    : [];

const meant = (status: number): string[] => {
  const signal = handedOn(status);
  return signal === null
    ? []
    : [`whether ${signalName(signal)} is meant: a shell reports a signal as 128 plus its number`];
};

/** Of those that ask for an end. */
const handledBy = (death: DeathRecord): number[] | null =>
  leaderOf(death)?.handles.filter(isRequest) ?? null;

/** Whether no signal that asks for an end can have made it exit: it handled none when it was last looked at. */
const isDeaf = (death: DeathRecord): boolean => {
  const leader = leaderOf(death);
  return leader !== null && isSettled(leader) && handledBy(death)?.length === 0;
};

const unheard = (evidence: Evidence, death: DeathRecord): string => {
  const handled = handledBy(death) ?? [];
  const which =
    handled.length === 0 ? '' : `, such as ${signalName(handled.at(-1) ?? 0)}, which it handled`;
  return untoldOf(evidence, `whether a signal made it exit${which}`);
};

const below = (evidence: Evidence): string[] => {
  const [first] = isTold(evidence) ? endedBelow(evidence) : [];
  if (!first) return [];
  const { signal, victim } = first;
  const who = `pid ${victim.pid} (${shortened(victim.comm, 15)})`;
  return [
    `whether it ended because ${who} did, which it had begun: that was sent ${signalName(signal)}`,
  ];
};

/** Of a unit nobody may know when it ended: it stands as of when that was found, and what came before it is left out. */
const isDated = ({ unit, exit, found }: DeathRecord): boolean => !unit || exit?.at !== found;

/** What ends after a signal that it handles says the same as what ends by itself. */
const confidenceIn = (evidence: Evidence, isOwn: boolean): Confidence => {
  if (isTold(evidence))
    return isComplete(evidence) && isOwn && evidence.deaths.every(isDated) ? 'certain' : 'likely';
  return isOwn && evidence.deaths.every(isDeaf) ? 'likely' : 'possible';
};

export const programExit: Rule = {
  name: 'program-exit',
  sentence: "The session's last program exited by itself, with a status tmux recorded.",
  judge: (evidence) => {
    const found = firstExit(evidence);
    if (!found || found.exit.status === null) return null;
    const { status } = found.exit;
    const isTraced = isTold(evidence);
    const undated = evidence.deaths.every(isDated)
      ? []
      : ['when it ended: nobody looked, and nothing was written down'];
    const doubts = [...undated, ...meant(status), ...below(evidence)];
    return verdict({
      cause: 'program-exit',
      confidence: confidenceIn(evidence, doubts.length === 0),
      summary: `the program of ${quoted(found.death.session)} exited by itself with status ${status}`,
      exitStatus: status,
      evidence: [...exitLines(evidence), ...besides(evidence)].toSorted((a, b) => a.at - b.at),
      missing: [...doubts, ...(isTraced ? gapsIn(evidence) : [unheard(evidence, found.death)])],
    });
  },
};
