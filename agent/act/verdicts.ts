import { explain, lateEvidenceMs } from '../explain/explain.ts';
import { type Background, type Case, gather } from '../explain/gather.ts';
import { currentIncident } from '../explain/incident.ts';
import type { Event, EventOf, EventType, NewEvent } from '../model/event.ts';
import type { State } from '../model/state.ts';

interface Desk extends Background {
  record(events: readonly NewEvent[], trace: string): void;
  now(): number;
}

/** The part of the log that holds what was not explained. */
interface DeathsLog {
  read(query: {
    types: readonly EventType[];
    since: number;
    until: number;
    limit: number;
  }): Promise<Event[]>;
}

/** The deaths of an incident lie this close to its beginning, ms. */
const aroundMs = 10_000;

/** Waits for late evidence of each incident, has it explained, and records the verdict. */
export const createVerdicts = (desk: Desk) => {
  const cases = new Map<string, Case>();
  const timers = new Map<string, NodeJS.Timeout>();

  const conclude = (incident: string): void => {
    timers.delete(incident);
    const known = desk.state().incidents[incident];
    const found = cases.get(incident);
    if (!known || !found) return;
    const verdict = explain(gather(known.server, found, desk));
    desk.record(
      [{ at: desk.now(), type: 'verdict.reached', data: { incident, verdict } }],
      known.trace,
    );
    setTimeout(() => timers.has(incident) || cases.delete(incident), 10_000).unref();
  };

  const caseOf = (incident: string): Case => {
    const found = cases.get(incident) ?? { deaths: [], serverEnd: null };
    cases.set(incident, found);
    if (!timers.has(incident)) {
      timers.set(incident, setTimeout(conclude, lateEvidenceMs, incident));
    }
    return found;
  };

  /**
   * The end of a server may come a moment after that of its sessions, and explains them; not where a program is
   * known to have ended by itself.
   */
  const serverEnded = ({ at, data }: EventOf<'server.died'>): void => {
    const incident = currentIncident(desk.state(), data.server, at)?.incident;
    const found = incident === undefined ? undefined : cases.get(incident);
    if (incident === undefined || !found || found.deaths.some(({ exit }) => exit)) return;
    caseOf(incident).serverEnd = { at, how: data.how, text: data.text };
  };

  /** Takes up the deaths among events recorded together, or read back from the log. */
  const take = (events: readonly Event[]): void => {
    for (const event of events) {
      if (event.type === 'session.died') caseOf(event.data.incident).deaths.push(event.data);
    }
    for (const event of events) if (event.type === 'server.died') serverEnded(event);
  };

  return {
    take,
    /** Takes up incidents the agent was stopped before explaining. */
    async resume(before: State, log: DeathsLog): Promise<void> {
      const open = Object.values(before.incidents).filter(
        ({ verdict, counted, lives }) => verdict === null || counted < lives.length,
      );
      for (const { openedAt, trace } of open) {
        const limits = { since: openedAt - aroundMs, until: openedAt + aroundMs, limit: 1000 };
        const events = await log.read({ types: ['session.died', 'server.died'], ...limits });
        take(events.filter((event) => event.trace === trace));
      }
    },
    close(): void {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
};
