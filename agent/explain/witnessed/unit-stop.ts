import type { SeenProcess, WitnessedSignal } from '../../model/witnessed.ts';
import type { Evidence } from '../evidence.ts';
import { systemUnits, unitPath } from '../unit.ts';
import { isControlOf, isManagerOf } from '../unit-manager.ts';
import { stopOf } from '../written/stop-job.ts';
import type { Told } from './told.ts';

/** Whether a stop of the very unit of a victim is known: by its job, that was going on then. */
export const isStopKnown = (
  evidence: Evidence,
  { at, victim }: Pick<WitnessedSignal, 'at' | 'victim'>,
): boolean => stopOf(evidence, systemUnits(victim.cgroup).slice(-1), at) !== null;

/** Whether a process is of what a manager runs to stop the unit of another (ExecStop=). */
export const stopsUnitOf = (
  sender: SeenProcess,
  event: Pick<WitnessedSignal, 'at' | 'victim'>,
  told: Told,
): boolean => isControlOf(sender, event.victim, isStopKnown(told, event));

/** Whether a manager of units ended one of its own. */
export const isUnitStop = (event: WitnessedSignal, told: Told): boolean => {
  const { code, sender, victim } = event;
  if ((code !== 0 && code !== -1) || unitPath(victim.cgroup) === null) return false;
  return isManagerOf(sender, victim) || stopsUnitOf(sender, event, told);
};
