import { findIncident, findSilence, serversOf } from '../model/find.ts';
import type { State } from '../model/state.ts';
import type { AgentMethod } from '../protocol/agent.ts';

/** What of the parameters says what a call is about. */
export interface About {
  session?: string | null;
  incident?: string;
  silence?: string;
}

const ofSession = (state: State, session: string): string[] => {
  const servers = serversOf(state, session);
  if (servers.length > 0) return servers;
  // It ended, and is not declared: an alert about it may be there all the same.
  const incidents = Object.values(state.incidents);
  const last = incidents.findLast(({ sessions }) => sessions.includes(session));
  return last ? [last.server] : [];
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
    if (!found) return [];
    return found.session === null ? null : ofSession(state, found.session);
  }
  if (session === null) return null;
  if (session === undefined) return [];
  return method === 'alert.silence' ? ofSession(state, session) : serversOf(state, session);
};
