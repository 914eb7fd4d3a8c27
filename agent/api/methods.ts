import type { Event } from '../model/event.ts';
import type { EventLog } from '../model/event-log.ts';
import type { Requester } from '../model/events/action.ts';
import { RequestFailure } from '../model/failure.ts';
import { findIncident, mustFindLife } from '../model/find.ts';
import type { Incident, State } from '../model/state.ts';
import type { StatusDocument } from '../model/status.ts';
import { version } from '../model/version.ts';
import type { ActionResult, AgentMethods, EventQuery } from '../protocol/agent.ts';
import { createGate } from './gate.ts';
import type { Publisher } from './publisher.ts';
import type { Methods } from './server.ts';

/** What the methods stand on; the composition root gives it. */
export interface MethodPorts {
  state(): State;
  status(): StatusDocument;
  log: EventLog;
  publisher: Publisher;
  operator: {
    start(session: string): Promise<ActionResult>;
    stop(session: string, by: Requester): Promise<ActionResult>;
    restart(session: string, by: Requester): Promise<ActionResult>;
    send(session: string, text: string, enter: boolean): Promise<ActionResult>;
  };
  logLevel(params: AgentMethods['log.level']['params']): AgentMethods['log.level']['result'];
  reload(): Promise<{ hash: string }>;
  /** Whose a server is; null while nobody knows. */
  ownerOf(server: string): string | null;
}

const defaultLimit = 1000;
const incidentsDefault = 20;

/** Around an incident: deaths come up to 2 s after it opens, what was done about it within the minute after. */
const reportMs = 60_000;
const reportLimit = 1000;

const readEvents = async (ports: MethodPorts, query: EventQuery) => {
  const events = await ports.log.read({ ...query, limit: query.limit ?? defaultLimit });
  return { events, head: ports.log.health().storedSeq };
};

/** What belongs to an incident: its trace, and the ends of its sessions. */
const reportEvents = async (log: EventLog, incident: Incident): Promise<Event[]> => {
  const since = incident.openedAt - 1000;
  const until = incident.openedAt + reportMs;
  const events = await log.read({ since, until, limit: reportLimit });
  const lives = new Set(incident.lives);
  return events.filter(
    (event) =>
      event.trace === incident.trace ||
      (event.type === 'session.died' && lives.has(event.data.life)),
  );
};

/** Readings of the log at once: each may hold a thousand events in memory. */
const readingsAtOnce = 4;

/** Every method of agent.sock. */
export const createMethods = (ports: MethodPorts): Methods => {
  const reading = createGate(readingsAtOnce);
  return {
    version: () => ({ version, schema: 1, pid: process.pid }),
    status: () => ports.status(),
    'events.read': (query) => reading(() => readEvents(ports, query)),
    'events.subscribe': (subscription, receiver) => {
      const head = ports.log.health().storedSeq;
      ports.publisher.subscribe(receiver, subscription, head);
      return { head };
    },
    incidents: ({ limit = incidentsDefault }) => ({
      incidents: Object.values(ports.state().incidents).slice(-limit),
    }),
    incident: async (which) => {
      const incident = findIncident(ports.state(), which);
      return { incident, events: await reading(() => reportEvents(ports.log, incident)) };
    },
    'screen.read': async ({ blob }) => {
      const text = await ports.log.getBlob(blob);
      if (text === null)
        throw new RequestFailure('unknown-screen', 'that screen is not kept any more');
      return { text };
    },
    'session.start': ({ session }) => ports.operator.start(session),
    'session.stop': ({ session }, by) => ports.operator.stop(session, by),
    'session.restart': ({ session }, by) => ports.operator.restart(session, by),
    'session.send': ({ session, text, enter }) => ports.operator.send(session, text, enter),
    'session.attach': ({ session }) => {
      const state = ports.state();
      const life = mustFindLife(state, session);
      const { socket = '' } = state.servers[life.server] ?? {};
      return { socket, target: life.tmuxId, owner: ports.ownerOf(life.server) };
    },
    'log.level': (params) => ports.logLevel(params),
    'config.reload': () => ports.reload(),
  };
};
