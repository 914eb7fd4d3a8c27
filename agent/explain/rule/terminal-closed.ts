import type { DeathRecord } from '../../model/events/death.ts';
import type { WitnessedSignal } from '../../model/witnessed.ts';
import { inOrder } from '../evidence-lines.ts';
import { exitLines } from '../exits.ts';
import { quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { namedSignal, SIGHUP } from '../signals.ts';
import { gapsIn } from '../witnessed/gaps.ts';
import { signalLine } from '../witnessed/lines.ts';
import { natureOf } from '../witnessed/nature.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { paneEnd, toLeader } from '../witnessed/pane-signals.ts';
import { isTold, type Told } from '../witnessed/told.ts';
import { sessionsText, verdict } from '../wording.ts';

/** The SIGHUP by which the server closed a pane whose end it wrote down; undefined: it did not. */
const closing = (death: DeathRecord, told: Told): WitnessedSignal | undefined =>
  death.panes
    .flatMap((pane) => toLeader(paneEnd(death, pane), told))
    .find((event) => event.result === 'delivered' && natureOf(event, told) === 'removed');

const whoIn = ([first, ...others]: readonly DeathRecord[]): string =>
  others.length === 0
    ? `the program of ${quoted(first?.session ?? '')}`
    : `the programs of ${sessionsText(others.length + 1)}`;

export const terminalClosed: Rule = {
  name: 'terminal-closed',
  sentence:
    'The server closed the pane, and wrote down how its program ended: the program had let go of its terminal, as many do in the moment they end.',
  judge: (evidence) => {
    const { deaths } = evidence;
    if (!isTold(evidence) || evidence.serverEnd || oneCause(evidence)) return null;
    if (deaths.length === 0 || !deaths.every(({ exit }) => exit?.signal === SIGHUP)) return null;
    const signals = deaths.flatMap((death) => closing(death, evidence) ?? []);
    if (signals.length < deaths.length) return null;
    const last = Math.max(...signals.map(({ at }) => at));
    return verdict({
      cause: 'program-exit',
      confidence: 'likely',
      summary: `${whoIn(deaths)} let go of the terminal, as one does that ends; tmux closed the pane then, and SIGHUP ended what was left`,
      signal: namedSignal(SIGHUP),
      evidence: inOrder([
        ...signals.slice(0, 12).map((event) => signalLine(event, natureOf(event, evidence))),
        // Exits are written down in whole seconds.
        ...exitLines(evidence).map((exit) => ({ ...exit, at: Math.max(exit.at, last) })),
      ]),
      missing: ['with which status it would have ended', ...gapsIn(evidence)],
    });
  },
};
