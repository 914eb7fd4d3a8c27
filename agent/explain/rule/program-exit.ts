import type { EvidenceLine } from '../../model/events/incident.ts';
import type { Evidence, Rule } from '../evidence.ts';
import { exitLines, firstExit } from '../exits.ts';
import { signalName } from '../signals.ts';
import { gapsIn, isComplete } from '../trace/gaps.ts';
import { signalLine } from '../trace/lines.ts';
import { natureOf } from '../trace/nature.ts';
import { otherSignals } from '../trace/other-signals.ts';
import { isTold } from '../trace/told.ts';
import { verdict } from '../wording.ts';

/** Signals around it that are no reason for the exit. */
const besides = (evidence: Evidence): EvidenceLine[] =>
  isTold(evidence)
    ? otherSignals(evidence, []).map((event) => signalLine(event, natureOf(event, evidence)))
    : [];

const meant = (status: number): string[] =>
  status > 128
    ? [
        `whether ${signalName(status - 128)} is meant: a shell reports a signal as 128 plus its number`,
      ]
    : [];

const unheard = ({ untold }: Evidence): string[] =>
  untold === undefined
    ? []
    : [`whether a signal made it exit: signals are not seen here: ${untold}`];

export const programExit: Rule = {
  name: 'program-exit',
  sentence: "The session's last program exited by itself, with a status tmux recorded.",
  judge: (evidence) => {
    const found = firstExit(evidence);
    if (!found || found.exit.status === null) return null;
    const { status } = found.exit;
    const isTraced = isTold(evidence);
    return verdict({
      cause: 'program-exit',
      confidence: isTraced && !isComplete(evidence) ? 'likely' : 'certain',
      summary: `the program of "${found.death.session}" exited by itself with status ${status}`,
      exitStatus: status,
      evidence: [...exitLines(evidence), ...besides(evidence)].toSorted((a, b) => a.at - b.at),
      missing: [...meant(status), ...(isTraced ? gapsIn(evidence) : unheard(evidence))],
    });
  },
};
