import { systemUnit } from '../../explain/unit.ts';
import { isInGroup, leadsOut } from '../../model/cgroup.ts';
import { type Home, homeOfUnit } from '../../model/homes.ts';
import { sameInstance } from '../../model/life.ts';
import type { State } from '../../model/state.ts';
import type { Origin } from '../life-of-process.ts';
import type { Known } from './known.ts';

/** Where systemd put it, nobody but root can put a process. */
const isInside = (group: string, outer: string): boolean =>
  !leadsOut(group) && isInGroup(group, outer);

/**
 * The unit a process runs in, while that is up; null: in none that is declared. By its cgroup; where a unit has none that
 * can be seen, by its main process, which the process is or comes from.
 */
export const unitOfProcess = (
  { units = {} }: Pick<State, 'units'>,
  known: ReadonlyMap<string, Known>,
  { line, group }: Origin,
): Home | null => {
  const found = Object.values(units).find(({ session }) => {
    const { shown, main = null } = known.get(session) ?? {};
    const inGroup = shown?.group && group !== null && isInside(group, shown.group);
    return inGroup || line.some((process) => sameInstance(process, main));
  });
  return found ? homeOfUnit(found) : null;
};

/** Whether a process is where systemd puts those of a declared unit, whatever is known of that. */
export const isOfDeclared = (
  { units = {} }: Pick<State, 'units'>,
  { group }: Pick<Origin, 'group'>,
): boolean => {
  const own = systemUnit(group);
  return own !== null && Object.values(units).some(({ unit }) => unit === own);
};
