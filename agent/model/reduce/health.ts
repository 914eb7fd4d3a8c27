import type { HealthEvents } from '../events/health.ts';
import { isOfDeclared } from '../life.ts';
import type { Handlers } from './handler.ts';

export const healthHandlers: Handlers<HealthEvents> = {
  'health.changed': (draft, { at, data }) => {
    const { session, life, to, check, reason } = data;
    const known = draft.lives[life];
    if (!known || known.session !== session || !isOfDeclared(draft, known)) return 'unknown-life';
    const health = { ...draft.health };
    if (to === 'unwatched') delete health[session];
    else health[session] = { life, status: to, since: at, check, reason };
    draft.health = health;
    return undefined;
  },
};
