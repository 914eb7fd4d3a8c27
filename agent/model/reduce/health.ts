import type { HealthEvents } from '../events/health.ts';
import { isOfDeclared } from '../life.ts';
import type { State } from '../state.ts';
import type { Handlers } from './handler.ts';

/** Of a declared session, or of a declared unit. */
const isDeclared = (
  state: State,
  { life, session }: { life: string; session: string },
): boolean => {
  const known = state.lives[life];
  if (known) return known.session === session && isOfDeclared(state, known);
  return Object.values(state.units ?? {}).some(
    (unit) => unit.session === session && unit.life === life,
  );
};

export const healthHandlers: Handlers<HealthEvents> = {
  'health.changed': (draft, { at, data }) => {
    const { session, life, to, check, reason } = data;
    if (!isDeclared(draft, data)) return 'unknown-life';
    const health = { ...draft.health };
    if (to === 'unwatched') delete health[session];
    else health[session] = { life, status: to, since: at, check, reason };
    draft.health = health;
    return undefined;
  },
};
