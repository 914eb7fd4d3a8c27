import type { Config } from '../../model/config/config.ts';
import type { NewEvent } from '../../model/event.ts';
import type { State } from '../../model/state.ts';
import { unitsServer } from '../../model/unit-state.ts';

/** What the configuration declares of units now and did not before, and the other way round. */
export const unitDeclarations = (
  { units: known = {} }: Pick<State, 'units'>,
  { units = {} }: Pick<Config, 'units'>,
  at: number,
): NewEvent[] => [
  ...Object.keys(known)
    .filter((session) => !Object.hasOwn(units, session))
    .map((session): NewEvent => ({ at, type: 'unit.undeclared', data: { session } })),
  ...Object.entries(units)
    .filter(([session, { unit }]) => known[session]?.unit !== unit)
    .map(
      ([session, { unit }]): NewEvent => ({
        ...{ at, type: 'unit.declared' },
        data: { session, server: unitsServer, unit },
      }),
    ),
];
