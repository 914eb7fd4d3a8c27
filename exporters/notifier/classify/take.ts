import type { Event, EventType } from '../../../agent/model/event.ts';
import type { AlertSettings } from '../../../agent/protocol/notifier.ts';
import type { Book } from './book.ts';
import { actionHandlers } from './on/action.ts';
import { agentHandlers } from './on/agent.ts';
import { botHandlers } from './on/bot.ts';
import { deathHandlers } from './on/death.ts';
import { forecastHandlers } from './on/forecast.ts';
import type { Handler, Handlers } from './on/handler.ts';
import { healthHandlers } from './on/health.ts';
import { peopleHandlers } from './on/people.ts';
import { refreshHandlers } from './on/refresh.ts';
import { serverHandlers } from './on/server.ts';
import { unitHandlers } from './on/unit.ts';

const families: readonly Handlers[] = [
  actionHandlers,
  agentHandlers,
  botHandlers,
  deathHandlers,
  forecastHandlers,
  healthHandlers,
  peopleHandlers,
  refreshHandlers,
  serverHandlers,
  unitHandlers,
];

/** The events that may change the book; the notifier subscribes to these. */
export const takenTypes = [
  ...new Set(families.flatMap((family) => Object.keys(family) as EventType[])),
];

/** Folds one event into the book. Pure: the same events and settings give the same book. */
export const take = (book: Book, event: Event, settings: AlertSettings): Book => {
  const after = families.reduce((folded, family) => {
    const handler = family[event.type] as Handler<EventType> | undefined;
    return handler ? handler(folded, event as never, settings) : folded;
  }, book);
  return { ...after, cursor: event.seq };
};

/** The alerts that are not as they were. */
export const changedSince = (before: Book, after: Book): string[] =>
  Object.keys(after.alerts).filter((id) => after.alerts[id] !== before.alerts[id]);
