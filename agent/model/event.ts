import type { ActionEvents } from './events/action.ts';
import type { AgentEvents } from './events/agent.ts';
import type { AlertEvents } from './events/alert.ts';
import type { BotEvents } from './events/bot.ts';
import type { ForecastEvents } from './events/forecast.ts';
import type { HealthEvents } from './events/health.ts';
import type { IncidentEvents } from './events/incident.ts';
import type { LinkEvents } from './events/link.ts';
import type { LogEvents } from './events/log.ts';
import type { RefreshEvents } from './events/refresh.ts';
import type { ServerEvents } from './events/server.ts';
import type { SessionEvents } from './events/session.ts';
import type { UnitEvents } from './events/unit.ts';

/** Every event type and the shape of its data. Types change only by addition (docs/EVENTS.md). */
export type Catalogue = AgentEvents &
  LinkEvents &
  ServerEvents &
  SessionEvents &
  HealthEvents &
  IncidentEvents &
  ActionEvents &
  AlertEvents &
  ForecastEvents &
  BotEvents &
  RefreshEvents &
  UnitEvents &
  LogEvents;

export type EventType = keyof Catalogue;

/** An event as stored. `seq` alone orders events: clocks jump. `at` is ms since the epoch. */
export interface EventOf<T extends EventType> {
  seq: number;
  v: 1;
  at: number;
  type: T;
  /** W3C trace id (32 hex digits), shared from the first event of a cause to its last alert. */
  trace: string;
  data: Catalogue[T];
}

export type Event = { [T in EventType]: EventOf<T> }[EventType];

/** An event before the log has numbered it. */
export type NewEvent = {
  [T in EventType]: { at: number; type: T; trace?: string; data: Catalogue[T] };
}[EventType];

/** An event is at most this many bytes of JSON (law 2 of the log). */
export const maxEventBytes = 8 * 1024;
