import type { Life, State } from './state.ts';
import type { UnitState } from './unit-state.ts';

/** What bots live in, and what checks look at: the life of a session, or of a unit. */
export interface Home {
  life: string;
  session: string;
  server: string;
  /** When it began, ms since the epoch. */
  createdAt: number;
}

const ofSession = ({ life, session, server, createdAt }: Life): Home => ({
  ...{ life, session, server, createdAt },
});

/** Null: it is not up. */
export const homeOfUnit = ({ life, session, server, startedAt, since }: UnitState): Home | null =>
  life === null ? null : { life, session, server, createdAt: startedAt ?? since };

/** The home of this key, while its life goes on. */
export const homeOf = (
  { lives, units = {} }: Pick<State, 'lives' | 'units'>,
  life: string,
): Home | null => {
  const known = Object.hasOwn(lives, life) ? lives[life] : undefined;
  if (known) return ofSession(known);
  const unit = Object.values(units).find((one) => one.life === life);
  return unit ? homeOfUnit(unit) : null;
};
