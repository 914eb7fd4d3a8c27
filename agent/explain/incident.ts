import type { NewEvent } from '../model/event.ts';
import type { Incident, Life, State } from '../model/state.ts';

/** Deaths of one server within this time of the first are one incident, ms. */
export const incidentWindowMs = 2000;

/** Names have up to 200 characters and an event 8 KiB. */
const livesPerEvent = 25;

const current = (state: State, server: string, at: number): Incident | undefined =>
  Object.values(state.incidents).findLast(
    (incident) =>
      incident.server === server && Math.abs(at - incident.openedAt) <= incidentWindowMs,
  );

/** The incident that deaths found at `at` belong to, and the event that opens it or makes it grow. */
export const openIncident = (
  state: State,
  server: string,
  dead: readonly Life[],
  at: number,
): { incident: string; events: NewEvent[]; joined: string[] } => {
  const open = current(state, server, at);
  const incident = open?.incident ?? String(state.counts.incidents + 1);
  const joined = open?.sessions ?? [];
  if (dead.length === 0) return { incident, events: [], joined };
  const events: NewEvent[] = [];
  for (let i = 0; i < dead.length; i += livesPerEvent) {
    const some = dead.slice(i, i + livesPerEvent);
    const lives = some.map(({ life }) => life);
    const sessions = some.map(({ session }) => session);
    const trace = open ? { trace: open.trace } : {};
    if (open || i > 0)
      events.push({ at, type: 'incident.grew', ...trace, data: { incident, lives, sessions } });
    else events.push({ at, type: 'incident.opened', data: { incident, server, lives, sessions } });
  }
  return { incident, events, joined };
};
