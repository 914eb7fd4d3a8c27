import type { Event, EventType } from '../model/event.ts';
import type { Incident } from '../model/state.ts';
import type { StatusDocument } from '../model/status.ts';

/** What the agent answers over agent.sock: JSON-RPC 2.0, one object per line. */
export interface AgentMethods {
  version: { params: Record<string, never>; result: { version: string; schema: 1; pid: number } };
  status: { params: Record<string, never>; result: StatusDocument };
  /** About 1 MiB at most. `next`: there may be more after this `seq`; null: there is not. */
  'events.read': {
    params: EventQuery;
    result: { events: Event[]; head: number; next: number | null };
  };
  /** Afterwards each event arrives as an `event` notification, in `seq` order; see EventNotification. */
  'events.subscribe': { params: Subscription; result: { head: number } };
  /** The newest, about 1 MiB at most. */
  incidents: { params: { limit?: number }; result: { incidents: Incident[] } };
  incident: { params: { id?: string; session?: string }; result: IncidentReport };
  /** The redacted text of a screen kept at a death. */
  'screen.read': { params: { blob: string }; result: { text: string } };
  'session.start': { params: { session: string }; result: ActionResult };
  'session.stop': { params: { session: string }; result: ActionResult };
  'session.restart': { params: { session: string }; result: ActionResult };
  /** Keys are typed literally; `enter` adds Return. */
  'session.send': {
    params: { session: string; text: string; enter: boolean };
    result: ActionResult;
  };
  /** How to attach: the CLI runs this as the person who typed it. */
  'session.attach': {
    params: { session: string };
    /** `owner`: the user whose server it is; null: not known. */
    result: { socket: string; target: string; owner: string | null };
  };
  'log.level': {
    params: { level?: string; session?: string };
    result: { level: string; sessions: Record<string, string> };
  };
  'config.reload': { params: Record<string, never>; result: { hash: string } };
}

export type AgentMethod = keyof AgentMethods;

export interface EventQuery {
  /** Events with a greater `seq`. */
  after?: number;
  /** Events at or after this time, ms since the epoch. */
  since?: number;
  session?: string;
  types?: EventType[];
  /** At most 1000 at a time; fewer are no sign of the end. */
  limit?: number;
}

export interface Subscription {
  after: number;
  /** A durable name makes retention wait for this cursor, for at most seven days. */
  subscriber?: string;
  types?: EventType[];
}

/** `stored: false`: the disk does not take it now; after a crash its `seq` may be reused, and a gap tells. */
export interface EventNotification {
  event: Event;
  stored: boolean;
}

export interface ActionResult {
  action: string;
  outcome: 'done' | 'failed' | 'lost';
  message: string;
}

/** What `holdfast why` prints: an incident with the death records it gathers. */
export interface IncidentReport {
  incident: Incident;
  events: Event[];
  /** Records of some deaths are left out: together they were too large. */
  more: boolean;
}
