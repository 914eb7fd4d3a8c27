import type { BotNeeded, BotStanding } from '../model/bot/bot-needed.ts';
import type { Event, EventType } from '../model/event.ts';
import type { Remote } from '../model/events/remote.ts';
import type { Pattern } from '../model/pattern.ts';
import type { Silence } from '../model/silence.ts';
import type { Incident } from '../model/state.ts';
import type { NotifierStatus } from '../model/status/notifier-status.ts';
import type { StatusDocument } from '../model/status/status.ts';
import type { AlertSettings, LiveScreen, NotifierEvent, NotifierMethods } from './notifier.ts';

/** What the agent answers over agent.sock: JSON-RPC 2.0, one object per line. */
export type AgentMethods = {
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
  /** `remote`: whom the notifier asks for; nobody else may give it, here and below. */
  'session.start': { params: { session: string; remote?: Remote }; result: ActionResult };
  'session.stop': { params: { session: string; remote?: Remote }; result: ActionResult };
  'session.restart': { params: { session: string; remote?: Remote }; result: ActionResult };
  /** Has its login renewed now; `refresh.done`, `refresh.failed` or `refresh.held` says how that went. */
  'session.refresh': { params: { session: string }; result: { refresh: string; until: number } };
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
  /** Of the active pane, asked of tmux now. */
  'screen.capture': { params: { session: string }; result: LiveScreen };
  'alert.acknowledge': {
    /** Without one: the newest. */
    params: { incident?: string; remote?: Remote };
    result: { incident: string; sessions: string[] };
  };
  'alert.silence': {
    /** `session` null: everything. */
    params: { session: string | null; forMs: number; reason: string; remote?: Remote };
    result: Silence;
  };
  /** By the id of a silence, or the session it is about. */
  'alert.unsilence': { params: { silence: string; remote?: Remote }; result: Silence };
  /**
   * What bots wait for, as the content of a QR code: secrets, which are in no log and no document. `session`: NAME or
   * SERVER:NAME; absent: of all. `bots`: all that are meant, whether they need somebody or not.
   */
  'bot.needs': {
    params: { session?: string };
    result: { needs: BotNeeded[]; bots: BotStanding[] };
  };
  'alert.settings': { params: Record<string, never>; result: AlertSettings };
  /** This connection is the notifier's from now on: what is below is passed on over it. */
  'notifier.attach': { params: Record<string, never>; result: Record<string, never> };
  'notifier.report': { params: NotifierStatus; result: Record<string, never> };
  'notifier.record': { params: { events: NotifierEvent[] }; result: Record<string, never> };
} & NotifierMethods;

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
  /** The run of the agent that told of that event, as its notification said: the next run may number anew. */
  run?: number;
  /** A durable name makes retention wait for this cursor, for at most seven days. */
  subscriber?: string;
  types?: EventType[];
}

/** `stored: false`: the disk does not take it now; after a crash its `seq` may be reused, and a gap tells. */
export interface EventNotification {
  event: Event;
  stored: boolean;
  /** When the agent that tells of it was started, ms since the epoch: names the run in which `seq` holds. */
  run: number;
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
  /** What mattered of the measures of the minute before, in sentences; agents of older releases do not tell. */
  preceded: string[];
  /** How the same came about before; null: it did not, or there is no verdict. Agents of older releases do not tell. */
  pattern: Pattern | null;
}
