import { RequestFailure } from './failure.ts';
import { findUnit, mustFindDeclared } from './find.ts';
import { type Home, homeOfUnit } from './homes.ts';
import { isOfDeclared } from './life.ts';
import type { State } from './state.ts';

/** Where the session or unit is that is declared under this name; null: none is. */
export const declaredServer = (
  { declared, units = {} }: Pick<State, 'declared' | 'units'>,
  name: string,
): string | null => {
  const session = Object.hasOwn(declared, name) ? declared[name] : undefined;
  return (session ?? findUnit({ units }, name))?.server ?? null;
};

/** The life of the session or unit that is declared under this name; null: it is not up. */
export const declaredHome = (state: State, name: string): Home | null => {
  const unit = findUnit(state, name);
  if (unit) return homeOfUnit(unit);
  const isMeant = (home: Home): boolean => home.session === name;
  return Object.values(state.lives).find((one) => isMeant(one) && isOfDeclared(state, one)) ?? null;
};

/** @throws RequestFailure `unknown-session`, `not-declared`, `not-running` */
export const mustFindHome = (state: State, name: string): Home => {
  if (!findUnit(state, name)) mustFindDeclared(state, name);
  const home = declaredHome(state, name);
  if (!home) throw new RequestFailure('not-running', `"${name}" is not running`);
  return home;
};
