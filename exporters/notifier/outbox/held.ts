import type { DatabaseSync } from 'node:sqlite';
import { never, numberOrNull } from './rows.ts';

const isDue = "state = 'held' and due <= ?";

/** What is kept back until a time. */
export const createHeld = (database: DatabaseSync) => {
  const due = database.prepare(`select distinct alert from deliveries where ${isDue}`);
  const next = database.prepare(
    "select min(due) as due from deliveries where state = 'held' and due < ?",
  );
  const elsewhere = database.prepare(
    "select 1 from deliveries where alert = ? and state <> 'held' limit 1",
  );
  const release = database.prepare(
    `update deliveries set state = 'waiting', reason = '' where alert = ? and ${isDue}`,
  );
  const shelve = database.prepare(`update deliveries set due = ? where ${isDue}`);
  return {
    /** Alerts of which something is due now. */
    due: (now: number): string[] => due.all(now).map(({ alert }) => String(alert)),
    /** When the next one is due, ms since the epoch; null: none is. */
    next: (): number | null => numberOrNull(next.get(never)?.['due']),
    /** Whether no channel was told of an alert, or is about to be. */
    isHeld: (alert: string): boolean => elsewhere.get(alert) === undefined,
    /** Those of an alert that the book has forgotten are told as they are. */
    release: (alert: string, now: number): void => void release.run(alert, now),
    /** Those that nobody can be told now are not due any more, until they change. */
    shelve: (now: number): void => void shelve.run(never, now),
  };
};
