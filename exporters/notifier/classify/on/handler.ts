import type { EventOf, EventType } from '../../../../agent/model/event.ts';
import type { AlertSettings } from '../../../../agent/protocol/notifier.ts';
import type { Book } from '../book.ts';

/** What one kind of event changes in the book. */
export type Handler<T extends EventType> = (
  book: Book,
  event: EventOf<T>,
  settings: AlertSettings,
) => Book;

export type Handlers = { [T in EventType]?: Handler<T> };
