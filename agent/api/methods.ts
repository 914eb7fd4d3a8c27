import { precededBy } from '../explain/preceded/preceded.ts';
import { type BotNeeded, isBotOf, standingsOf } from '../model/bot/bot-needed.ts';
import type { EventLog } from '../model/event-log.ts';
import type { Requester } from '../model/events/action.ts';
import { RequestFailure } from '../model/failure.ts';
import { findIncident, mustFindLife, serversOfBots } from '../model/find.ts';
import type { State } from '../model/state.ts';
import type { StatusDocument } from '../model/status/status.ts';
import { version } from '../model/version.ts';
import type { ActionResult, AgentMethods } from '../protocol/agent.ts';
import type { LiveScreen } from '../protocol/notifier.ts';
import { type AlertPorts, alertMethods } from './alert-methods.ts';
import { createGate } from './gate.ts';
import { measuredIn } from './measured-in.ts';
import type { Publisher } from './publisher.ts';
import { readPattern } from './read-pattern.ts';
import { newestWithin, readEvents, readReport } from './readings.ts';
import type { Methods } from './server.ts';

/** What the methods stand on; the composition root gives it. */
export interface MethodPorts extends AlertPorts {
  state(): State;
  status(): StatusDocument;
  log: EventLog;
  publisher: Publisher;
  operator: {
    start(session: string, by: Requester): Promise<ActionResult>;
    stop(session: string, by: Requester): Promise<ActionResult>;
    restart(session: string, by: Requester): Promise<ActionResult>;
    send(
      session: string,
      keys: { text: string; enter: boolean },
      by: Requester,
    ): Promise<ActionResult>;
  };
  /** Begins to renew a login. */
  refresh(session: string, by: Requester): { refresh: string; until: number };
  /** What bots wait for now. */
  needed(): BotNeeded[];
  capture(session: string): Promise<LiveScreen>;
  logLevel(params: AgentMethods['log.level']['params']): AgentMethods['log.level']['result'];
  reload(): Promise<{ hash: string }>;
  /** Whose a server is; null while nobody knows. */
  ownerOf(server: string): string | null;
}

const incidentsDefault = 20;

/** Readings of the log at once: each has an answer's worth of events in memory. */
const readingsAtOnce = 4;

/** Every method of agent.sock. */
export const createMethods = (ports: MethodPorts): Methods => {
  const reading = createGate(readingsAtOnce);
  return {
    version: () => ({ version, schema: 1, pid: process.pid }),
    status: () => ports.status(),
    'events.read': (query) => reading(() => readEvents(ports.log, query)),
    'events.subscribe': (subscription, receiver) => {
      const head = ports.log.health().storedSeq;
      ports.publisher.subscribe(receiver, subscription, head);
      return { head };
    },
    incidents: ({ limit = incidentsDefault }) => ({
      incidents: newestWithin(Object.values(ports.state().incidents).slice(-limit)),
    }),
    incident: (which) => {
      const state = ports.state();
      const incident = findIncident(state, which);
      return reading(async () => {
        const report = await readReport(ports.log, incident, which.session);
        const pattern = await readPattern(ports.log, state, incident, which.session);
        return { ...report, preceded: precededBy(measuredIn(report)), pattern };
      });
    },
    'screen.read': async ({ blob }) => {
      const text = await ports.log.getBlob(blob);
      if (text === null)
        throw new RequestFailure('unknown-screen', 'that screen is not kept any more');
      return { text };
    },
    'screen.capture': ({ session }) => ports.capture(session),
    'bot.needs': ({ session }) => {
      const state = ports.state();
      const needed = ports.needed();
      if (session === undefined) return { needs: needed, bots: standingsOf(state) };
      // Who asks was let in because of these servers, and is told of no other.
      const servers = serversOfBots(state, session);
      const needs = needed.filter((one) => isBotOf(one, session) && servers.includes(one.server));
      return { needs, bots: standingsOf(state, session) };
    },
    'session.start': ({ session }, by) => ports.operator.start(session, by),
    'session.stop': ({ session }, by) => ports.operator.stop(session, by),
    'session.restart': ({ session }, by) => ports.operator.restart(session, by),
    'session.refresh': ({ session }, by) => ports.refresh(session, by),
    'session.send': ({ session, ...keys }, by) => ports.operator.send(session, keys, by),
    'session.attach': ({ session }) => {
      const state = ports.state();
      const life = mustFindLife(state, session);
      const { socket = '' } = state.servers[life.server] ?? {};
      return { socket, target: life.tmuxId, owner: ports.ownerOf(life.server) };
    },
    'log.level': (params) => ports.logLevel(params),
    'config.reload': () => ports.reload(),
    ...alertMethods(ports),
  };
};
