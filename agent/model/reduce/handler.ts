import type { Catalogue, EventOf, EventType } from '../event.ts';
import type { State } from '../state.ts';

/** Why an event cannot have happened, given the state before it. Counted, never silently dropped. */
export type Rejection =
  | 'unknown-type'
  | 'out-of-order'
  | 'life-exists'
  | 'unknown-life'
  | 'unknown-server'
  | 'wrong-instance'
  | 'wrong-status'
  | 'unknown-session'
  | 'unknown-incident'
  | 'incident-exists'
  | 'unknown-action'
  | 'action-exists'
  | 'unknown-intent'
  | 'intent-exists'
  | 'unknown-link'
  | 'unknown-bot'
  | 'unknown-unit'
  | 'unknown-silence'
  | 'silence-exists'
  | 'unknown-forecast'
  | 'refresh-exists'
  | 'unknown-refresh';

/**
 * Applies one event to a draft: a state whose top-level records and counters belong to this fold alone.
 * Entries inside the records are replaced, never changed. Returns a reason when the event is impossible,
 * and then has changed nothing.
 */
export type Handler<T extends EventType> = (
  draft: State,
  event: EventOf<T>,
) => Rejection | undefined;

export type Handlers<Family> = { [T in keyof Family & keyof Catalogue]: Handler<T> };

export const increment = <K extends string>(counts: Partial<Record<K, number>>, key: K): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};
