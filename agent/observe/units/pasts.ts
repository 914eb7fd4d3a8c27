import { invocationOf, type UnitState } from '../../model/unit-state.ts';
import type { AskPastRun, PastRun } from './past-run.ts';
import type { Shown } from './shown.ts';
import { isReplaced, mayHaveBeenStopped } from './unit-events.ts';

/** Each asks the journal by a process of its own. */
const maxAtOnce = 8;

/** What only the journal tells: how a run ended that systemd has forgotten, and whether it was told to end one that failed. */
const isTold = (unit: UnitState, now: Shown): boolean =>
  isReplaced(unit, now) || mayHaveBeenStopped(unit, now);

/**
 * How runs ended, as the journal has it: those that systemd forgot, and those that failed; in the order of the units. Null: nobody
 * asked, or nothing is known. What takes a machine down takes many at once, and each may take its time.
 * @param lastSeen when a unit was last looked at, ms since the epoch
 */
export const pastsOf = async (
  units: readonly UnitState[],
  shown: readonly Shown[],
  ask: AskPastRun,
  lastSeen: (unit: UnitState) => number,
): Promise<(PastRun | null)[]> => {
  const pastOf = async (unit: UnitState, now: Shown | undefined): Promise<PastRun | null> =>
    now && unit.life !== null && isTold(unit, now)
      ? await ask(unit.unit, invocationOf(unit.life), lastSeen(unit))
      : null;
  const pasts: (PastRun | null)[] = [];
  for (let from = 0; from < units.length; from += maxAtOnce) {
    const some = units.slice(from, from + maxAtOnce);
    pasts.push(...(await Promise.all(some.map((unit, i) => pastOf(unit, shown[from + i])))));
  }
  return pasts;
};
