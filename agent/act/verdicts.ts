import { explain, lateEvidenceMs } from '../explain/explain.ts';
import { mayBeKnownBetter, saysMore } from '../explain/further.ts';
import { type Background, type Case, gather } from '../explain/gather.ts';
import { currentIncident } from '../explain/incident.ts';
import type { Event, EventOf, EventType, NewEvent } from '../model/event.ts';
import type { Verdict } from '../model/events/incident.ts';
import type { Incident, State } from '../model/state.ts';
import type { Heard } from './hear-witness.ts';
import type { Further } from './look-further.ts';

interface Desk extends Background {
  record(events: readonly NewEvent[], trace: string): void;
  now(): number;
  /** What others saw of it. Never rejects, and takes a bounded time. */
  ask?(found: Case): Promise<Heard>;
  /** The same with patience, and asking everybody. */
  lookFurther?(found: Case, heard: Heard): Promise<Further>;
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
  let closed = false;

  const judge = (server: string, found: Case, known: Heard): Verdict =>
    explain(gather(server, found, { ...desk, ...known }));

  /** More may come in while others are asked: another conclusion will be of all of it. */
  const isStale = (incident: string): boolean => closed || timers.has(incident);

  const tell = (incident: string, trace: string, verdict: Verdict): void =>
    desk.record([{ at: desk.now(), type: 'verdict.reached', data: { incident, verdict } }], trace);

  const reconsider = async (
    { incident, server, trace }: Incident,
    found: Case,
    heard: Heard,
    first: Verdict,
  ): Promise<void> => {
    const further = await desk.lookFurther?.(found, heard);
    if (!further || isStale(incident)) return;
    const second = judge(server, found, further);
    if (saysMore(second, first)) tell(incident, trace, second);
  };

  const conclude = (incident: string, found: Case, heard: Heard): void => {
    const known = desk.state().incidents[incident];
    if (!known || isStale(incident)) return;
    const verdict = judge(known.server, found, heard);
    tell(incident, known.trace, verdict);
    if (mayBeKnownBetter(verdict)) void reconsider(known, found, heard, verdict);
    setTimeout(() => timers.has(incident) || cases.delete(incident), 10_000).unref();
  };

  const hear = (incident: string): void => {
    timers.delete(incident);
    const found = cases.get(incident);
    if (!found) return;
    if (desk.ask) void desk.ask(found).then((heard) => conclude(incident, found, heard));
    else conclude(incident, found, {});
  };

  const caseOf = (incident: string): Case => {
    const found = cases.get(incident) ?? { deaths: [], serverEnd: null };
    cases.set(incident, found);
    if (!timers.has(incident)) {
      timers.set(incident, setTimeout(hear, lateEvidenceMs, incident));
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
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
};
