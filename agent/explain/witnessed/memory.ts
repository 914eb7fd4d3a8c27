import {
  fromKernel,
  type SeenProcess,
  type WitnessedOom,
  type WitnessedSignal,
} from '../../model/witnessed.ts';
import type { Evidence } from '../evidence.ts';
import { SIGKILL } from '../signals.ts';
import { systemUnits, unitPath } from '../unit.ts';
import { isControlOf, isManagerOf } from '../unit-manager.ts';
import { stopOf } from '../written/stop.ts';
import { isSame } from './process.ts';
import type { Told } from './told.ts';

/** The kernel names its victim within microseconds of the signal. ms */
const atOnceMs = 1000;

/** A manager stops a unit at once when the kernel has killed in it. ms */
const stopsWithinMs = 2000;

/** The kernel's own kill: it marked this very process. */
const marked = ({ at, victim }: WitnessedSignal, { testimony }: Told): WitnessedOom | undefined =>
  testimony.ooms.find((oom) => Math.abs(oom.at - at) <= atOnceMs && isSame(oom.victim, victim));

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

/** The kill that made a manager stop the unit it happened in. */
const stoppedFor = (signal: WitnessedSignal, told: Told): WitnessedOom | undefined => {
  const { cgroup } = signal.victim;
  const unit = unitPath(cgroup);
  return told.testimony.ooms.findLast(
    ({ at, victim }) =>
      at <= signal.at &&
      at >= signal.at - stopsWithinMs &&
      unitPath(victim.cgroup) === unit &&
      // One that was being stopped already is not stopped for it.
      stopOf(told, systemUnits(cgroup), at) === null,
  );
};

/** The want of memory behind a signal: the kernel's own kill, or the stop of a unit that it led to. */
export const memoryBehind = (signal: WitnessedSignal, told: Told): WitnessedOom | null => {
  if (signal.signal === SIGKILL && signal.code === fromKernel) return marked(signal, told) ?? null;
  return isUnitStop(signal, told) ? (stoppedFor(signal, told) ?? null) : null;
};
