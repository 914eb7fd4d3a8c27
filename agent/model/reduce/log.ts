import type { LogEvents } from '../events/log.ts';
import type { Handlers } from './handler.ts';

/** Events about the log change nothing but the count of events: the log's health is not replayed. */
export const logHandlers: Handlers<LogEvents> = {
  'log.quarantined': () => undefined,
  'log.degraded': () => undefined,
  'log.recovered': () => undefined,
  'events.gap': () => undefined,
};
