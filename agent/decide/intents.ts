import type { NewEvent } from '../model/event.ts';
import { isBeingKilled } from '../model/life.ts';
import type { State } from '../model/state.ts';

/** Intents nothing came of: an end from now on is a death again. What a kill under way means still counts. */
export const expireIntents = (state: State, now: number): NewEvent[] =>
  Object.values(state.intents)
    .filter(({ expiresAt, target }) => expiresAt < now && !isBeingKilled(state, target.life ?? ''))
    .map(({ intent }) => ({ at: now, type: 'intent.expired', data: { intent } }));
