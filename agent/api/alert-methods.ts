import type { NewEvent } from '../model/event.ts';
import type { Requester } from '../model/events/action.ts';
import type { Silence } from '../model/silence.ts';
import type { AgentMethods } from '../protocol/agent.ts';
import type { AlertSettings, NotifierEvent, NotifierMethod } from '../protocol/notifier.ts';
import type { NotifierSeat } from './notifier-seat.ts';
import type { Methods } from './server.ts';

/** What they stand on. */
export interface AlertPorts {
  attention: {
    acknowledge(
      incident: string | undefined,
      by: Requester,
    ): AgentMethods['alert.acknowledge']['result'];
    silence(
      wish: { session: string | null; forMs: number; reason: string },
      by: Requester,
      mayAll: (uid: number) => boolean,
    ): Silence;
    unsilence(name: string, by: Requester): Silence;
  };
  notifier: NotifierSeat;
  record(events: readonly NewEvent[]): void;
  settings(): AlertSettings;
  /** Whether a user may act on everything. */
  mayAll(uid: number): boolean;
  now(): number;
}

type AlertMethods = Pick<
  Methods,
  | 'alert.acknowledge'
  | 'alert.silence'
  | 'alert.unsilence'
  | 'alert.settings'
  | 'notifier.attach'
  | 'notifier.report'
  | 'notifier.record'
  | NotifierMethod
>;

/** No agent was away for longer, as far as anybody will ask, ms. */
const oldestMs = 30 * 86_400_000;

/** As it was told, but never of the future, nor of long ago: what is read by time must not wait for it. */
const recorded = (event: NotifierEvent, now: number): NewEvent => ({
  ...event,
  at: Math.max(now - oldestMs, Math.min(event.at, now)),
});

/** What is about alerts: what people say of them, what the notifier says, and what it is asked. */
export const alertMethods = ({
  attention,
  notifier,
  record,
  settings,
  mayAll,
  now,
}: AlertPorts): AlertMethods => ({
  'alert.acknowledge': ({ incident }, by) => attention.acknowledge(incident, by),
  'alert.silence': ({ session, forMs, reason }, by) =>
    attention.silence({ session, forMs, reason }, by, mayAll),
  'alert.unsilence': ({ silence }, by) => attention.unsilence(silence, by),
  'alert.settings': () => settings(),
  'notifier.attach': (_, peer) => {
    notifier.attach(peer);
    return {};
  },
  'notifier.report': (status) => {
    notifier.report(status);
    return {};
  },
  'notifier.record': ({ events }) => {
    record(events.map((event) => recorded(event, now())));
    return {};
  },
  'alerts.list': (params) => notifier.pass('alerts.list', params),
  'alerts.test': (params) => notifier.pass('alerts.test', params),
  'pairing.begin': (params) => notifier.pass('pairing.begin', params),
  'pairing.list': (params) => notifier.pass('pairing.list', params),
  'pairing.remove': (params) => notifier.pass('pairing.remove', params),
});
