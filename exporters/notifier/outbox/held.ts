import type { DatabaseSync } from 'node:sqlite';
import { never } from './deliveries.ts';

/** What is kept back until a time. */
export const createHeld = (database: DatabaseSync) => {
  const due = database.prepare(
    "select distinct alert from deliveries where state = 'held' and due <= ?",
  );
  const next = database.prepare(
    "select min(due) as due from deliveries where state = 'held' and due < ?",
  );
  const release = database.prepare(
    "update deliveries set state = 'waiting', reason = '' where alert = ? and state = 'held' and due <= ?",
  );
  const shelve = database.prepare(
    "update deliveries set due = ? where state = 'held' and due <= ?",
  );
  return {
    /** Alerts of which something is due now. */
    due: (now: number): string[] => due.all(now).map(({ alert }) => String(alert)),
    /** When the next one is due, ms since the epoch; null: none is. */
    next(): number | null {
      const at = next.get(never)?.['due'];
      return typeof at === 'number' ? at : null;
    },
    /** Those of an alert that the book has forgotten are told as they are. */
    release: (alert: string, now: number): void => void release.run(alert, now),
    /** Those that nobody can be told now are not due any more, until they change. */
    shelve: (now: number): void => void shelve.run(never, now),
  };
};
