import type { NewEvent } from '../model/event.ts';
import type { MachinePoint } from '../model/events/measures.ts';
import { jsonBytes } from '../model/json-size.ts';
import { minuteUntil } from '../model/recent.ts';
import type { Incident, Life, State } from '../model/state.ts';
import { unitsServer } from '../model/unit-state.ts';

/** Deaths of one server within this time of the first are one incident, ms. */
export const incidentWindowMs = 2000;

/**
 * What the names of one event may take: a name has up to 1000 bytes and an event 8 KiB, of which measures of the minute
 * before may take 2.5 KiB.
 */
const maxNamesBytes = 5000;

/**
 * Only the newest can be going on: a clock that was set back must not reopen an older one.
 * @param server null: when the whole machine went, whatever its servers
 */
export const currentIncident = (
  state: State,
  server: string | null,
  at: number,
): Incident | undefined => {
  const newest = Object.values(state.incidents).findLast((incident) =>
    server === null ? incident.server !== unitsServer : incident.server === server,
  );
  const isOpen = newest && Math.abs(at - newest.openedAt) <= incidentWindowMs;
  return isOpen ? newest : undefined;
};

/** A life of a session, or of a unit. */
type Ended = Pick<Life, 'life' | 'session'>;

/** As many lives together as one event can name. */
const portions = (dead: readonly Ended[]): Ended[][] => {
  const all: Ended[][] = [];
  let portion: Ended[] = [];
  let bytes = 0;
  for (const life of dead) {
    const size = jsonBytes([life.life, life.session]);
    if (portion.length === 0 || bytes + size > maxNamesBytes) {
      portion = [];
      all.push(portion);
      bytes = 0;
    }
    portion.push(life);
    bytes += size;
  }
  return all;
};

/** The incident that deaths found at `at` belong to, and the event that opens it or makes it grow. */
export const openIncident = (
  state: State,
  server: string,
  dead: readonly Ended[],
  at: number,
  /** Whether the whole machine went: then its servers share an incident. */
  ofHost = false,
): { incident: string; events: NewEvent[]; joined: string[] } => {
  const open = currentIncident(state, ofHost ? null : server, at);
  const incident = open?.incident ?? String(state.counts.incidents + 1);
  const joined = open?.sessions ?? [];
  const trace = open ? { trace: open.trace } : {};
  const events = portions(dead).map((portion, i): NewEvent => {
    const lives = portion.map(({ life }) => life);
    const sessions = portion.map(({ session }) => session);
    return open || i > 0
      ? { at, type: 'incident.grew', ...trace, data: { incident, lives, sessions } }
      : { at, type: 'incident.opened', data: { incident, server, lives, sessions } };
  });
  return { incident, events, joined };
};

/** What is measured of the machine goes with the event that opens an incident, once for all deaths of it. @param until ms since the epoch */
export const withMachine = (
  event: NewEvent,
  recent: readonly MachinePoint[],
  until: number,
): NewEvent =>
  event.type === 'incident.opened'
    ? { ...event, data: { ...event.data, machineBefore: minuteUntil(recent, until) } }
    : event;
