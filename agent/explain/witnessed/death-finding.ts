import type { DeathRecord } from '../../model/events/death.ts';
import type { WitnessedSignal } from '../../model/witnessed.ts';
import { lastPanes } from '../last-panes.ts';
import { isProcess } from '../process.ts';
import { endsByDefault } from '../signals.ts';
import { fatalToLeader } from './fatal.ts';
import type { Finding } from './finding.ts';
import { gapsIn } from './gaps.ts';
import { fromChild, heeded, raisedAgain } from './inferred.ts';
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
  if (direct) return raisedAgain(direct, end, told) ?? direct;
  const [asked, child] = [heeded(end, told), fromChild(end, told)];
  if (!asked || !child) return asked ?? child;
  // A status that names a signal is handed on; of two such the first one counts.
  return child.signal.at <= asked.signal.at || child.signal.signal !== asked.signal.signal
    ? child
    : asked;
};

/**
 * After the server closed the pane, somebody ended a program that the server ran and that is no pane known here. It may
 * have taken the place of the first one (respawn-pane), and then the session went with it.
 */
const isOvertaken = ({ signal, nature, death }: Finding, told: Told): boolean => {
  const { instance } = told.server;
  if (nature !== 'removed' || !instance || !death || death.exit) return false;
  return told.testimony.signals.some(
    (event) =>
      event.at >= signal.at &&
      event.at <= death.found &&
      event.result === 'delivered' &&
      endsByDefault(event.signal) &&
      natureOf(event, told) === 'sent' &&
      event.victim.ancestry.slice(0, 1).some((parent) => isProcess(parent, instance)) &&
      told.panes?.[event.victim.pid] === undefined,
  );
};

/**
 * What the kernel says of the end of one session; null: nothing. It ends with its last pane, so of several the one
 * that went last counts.
 */
export const deathFinding = (death: DeathRecord, told: Told): Finding | null => {
  const last = lastPanes(death);
  const panes = last.length > 0 ? last : death.panes;
  const findings = panes.flatMap((pane) => ofPane(paneEnd(death, pane), told) ?? []);
  const finding = findings.toSorted((a, b) => a.signal.at - b.signal.at).at(-1);
  const untoldPanes = panes.length - findings.length;
  if (!finding || isOvertaken(finding, told)) return null;
  if (untoldPanes === 0) return finding;
  return { ...finding, certain: false, untoldPanes };
};
