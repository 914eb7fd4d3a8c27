import type { DeathRecord } from '../../model/events/death.ts';
import type { WitnessedSignal } from '../../model/witnessed.ts';
import { fatalToLeader } from './fatal.ts';
import type { Finding } from './finding.ts';
import { gapsIn } from './gaps.ts';
import { fromChild, heeded } from './inferred.ts';
import { natureOf } from './nature.ts';
import { type PaneEnd, paneEnd } from './pane-signals.ts';
import { serverFinding } from './server-finding.ts';
import type { Told } from './told.ts';

/** A server that ends closes every pane: that is no command. */
const isConsequence =
  (told: Told) =>
  (event: WitnessedSignal): boolean => {
    if (natureOf(event, told) !== 'removed') return false;
    const { serverEnd } = told;
    if (serverEnd && (serverEnd.how !== 'exited' || gapsIn(told).length > 0)) return true;
    return (serverFinding(told)?.signal.at ?? Infinity) <= event.at;
  };

const ofPane = (end: PaneEnd, told: Told): Finding | undefined => {
  const direct = fatalToLeader(end, told, isConsequence(told));
  if (direct) return direct;
  const [asked, child] = [heeded(end, told), fromChild(end, told)];
  if (!asked || !child) return asked ?? child;
  // A status that names a signal is handed on; of two such the first one counts.
  return child.signal.at <= asked.signal.at || child.signal.signal !== asked.signal.signal
    ? child
    : asked;
};

/** The panes whose end may have been that of the session: its exit is known by how, not by which. */
const lastPanes = ({ exit, panes }: DeathRecord) => {
  const fitting = panes.filter(
    (pane) => pane.exit && pane.exit.status === exit?.status && pane.exit.signal === exit?.signal,
  );
  return exit && fitting.length > 0 ? fitting : panes;
};

/**
 * What the kernel says of the end of one session; null: nothing. It ends with its last pane, so of several the one
 * that went last counts.
 */
export const deathFinding = (death: DeathRecord, told: Told): Finding | null => {
  const panes = lastPanes(death);
  const findings = panes.flatMap((pane) => ofPane(paneEnd(death, pane), told) ?? []);
  const last = findings.toSorted((a, b) => a.signal.at - b.signal.at).at(-1);
  const untoldPanes = panes.length - findings.length;
  if (!last || untoldPanes === 0) return last ?? null;
  return { ...last, certain: false, untoldPanes };
};
