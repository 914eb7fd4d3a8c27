import { findAlertName, serversNaming } from '../model/alert-name.ts';
import { findIncident, findSilence, serversOf, serversOfBots } from '../model/find.ts';
import type { Silence } from '../model/silence.ts';
import type { State } from '../model/state.ts';
import type { AgentMethod } from '../protocol/agent.ts';

/** What of the parameters says what a call is about. */
export interface About {
  session?: string | null;
  incident?: string;
  silence?: string;
}

/** By what the silence will be about. A name that is nobody's is everybody's: it may be anybody's next. */
const ofWish = (state: State, given: string): string[] | null => {
  try {
    const server = findAlertName(state, given, false)?.server ?? null;
    return server === null ? null : [server];
  } catch {
    // He is told what it may be, if all of them are his.
    return serversOf(state, given);
  }
};

const ofSilence = (state: State, { session, server = null }: Silence): string[] | null => {
  if (session === null) return null;
  const servers = server === null ? serversNaming(state, session) : [server];
  return servers.length > 0 ? servers : null;
};

const ofIncident = (state: State, id?: string): string[] => {
  try {
    return [findIncident(state, id === undefined ? {} : { id }).server];
  } catch {
    // He is told that there is none.
    return [];
  }
};

/** The servers of all that a call may be about; null: everything. */
export const concerned = (
  state: State,
  method: AgentMethod,
  { session, incident, silence }: About,
  now: number,
): string[] | null => {
  if (method === 'alert.acknowledge') return ofIncident(state, incident);
  if (method === 'alert.unsilence') {
    const found = findSilence(state, silence ?? '', now);
    return found ? ofSilence(state, found) : [];
  }
  // A secret: asked of all it is for those who may ask of everything.
  if (method === 'bot.needs') return session == null ? null : serversOfBots(state, session);
  if (session === null) return null;
  if (session === undefined) return [];
  return method === 'alert.silence' ? ofWish(state, session) : serversOf(state, session);
};
