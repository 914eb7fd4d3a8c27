import { fromKernel, type WitnessedOom, type WitnessedSignal } from '../../model/witnessed.ts';
import { isSame } from '../process.ts';
import { SIGKILL } from '../signals.ts';
import { systemUnits, unitPath } from '../unit.ts';
import { stopOf } from '../written/stop-job.ts';
import type { Told } from './told.ts';
import { isUnitStop } from './unit-stop.ts';

/** The kernel names its victim within microseconds of the signal. ms */
const atOnceMs = 1000;

/** A manager stops a unit at once when the kernel has killed in it. ms */
const stopFollowsMs = 2000;

/** The kernel's own kill: it marked this very process. */
const marked = ({ at, victim }: WitnessedSignal, { testimony }: Told): WitnessedOom | undefined =>
  testimony.ooms.find((oom) => Math.abs(oom.at - at) <= atOnceMs && isSame(oom.victim, victim));

/** The kill that made a manager stop the unit it happened in. */
const stopBroughtBy = (signal: WitnessedSignal, told: Told): WitnessedOom | undefined => {
  const { cgroup } = signal.victim;
  const unit = unitPath(cgroup);
  return told.testimony.ooms.findLast(
    ({ at, victim }) =>
      at <= signal.at &&
      at >= signal.at - stopFollowsMs &&
      unitPath(victim.cgroup) === unit &&
      // One that was being stopped already is not stopped for it.
      stopOf(told, systemUnits(cgroup), at) === null,
  );
};

/** The want of memory behind a signal: the kernel's own kill, or the stop of a unit that it led to. */
export const memoryBehind = (signal: WitnessedSignal, told: Told): WitnessedOom | null => {
  if (signal.signal === SIGKILL && signal.code === fromKernel) return marked(signal, told) ?? null;
  return isUnitStop(signal, told) ? (stopBroughtBy(signal, told) ?? null) : null;
};
