import type { NewEvent } from '../model/event.ts';
import type { State } from '../model/state.ts';

/** Intents nothing came of: an end from now on is a death again. */
export const expireIntents = (state: State, now: number): NewEvent[] =>
  Object.values(state.intents)
    .filter(({ expiresAt }) => expiresAt < now)
    .map(({ intent }) => ({ at: now, type: 'intent.expired', data: { intent } }));
