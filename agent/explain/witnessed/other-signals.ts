import type { WitnessedSignal } from '../../model/witnessed.ts';
import { minuteBeforeMs } from '../minute-before.ts';
import { descendsFrom, isProcess } from '../process.ts';
import { endsByDefault } from '../signals.ts';
import type { Finding } from './finding.ts';
import { isByOthers, natureOf } from './nature.ts';
import type { Told } from './told.ts';

const most = 4;

/**
 * Signals of others to the same programs, to what they had started, and to their server, that are not what ended them:
 * ignored, handled, too late, or meant for a process that was ended already.
 */
export const otherSignals = (told: Told, findings: readonly Finding[]): WitnessedSignal[] => {
  const decisive = new Set(findings.map(({ signal }) => signal));
  const last = findings.at(-1)?.signal.at ?? told.deaths[0]?.found ?? 0;
  const panes = told.deaths.flatMap((death) => death.panes);
  const { instance } = told.server;
  return told.testimony.signals
    .filter(
      (event) =>
        !decisive.has(event) &&
        endsByDefault(event.signal) &&
        Math.abs(event.at - last) <= minuteBeforeMs &&
        isByOthers(natureOf(event, told)) &&
        (panes.some((pane) => isProcess(event.victim, pane) || descendsFrom(event.victim, pane)) ||
          (instance != null && isProcess(event.victim, instance))),
    )
    .slice(-most);
};
