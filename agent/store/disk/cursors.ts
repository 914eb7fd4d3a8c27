import type { DatabaseSync } from 'node:sqlite';
import type { CursorRow } from '../messages.ts';

/** How long retention waits for a subscriber that is not seen (law 10 of the log), ms. */
export const cursorLifeMs = 7 * 86_400_000;

export interface CursorStore {
  save(cursor: CursorRow): void;
  /** Forgets who was not seen for `cursorLifeMs`; the slowest of the others, or null when there is none. */
  slowest(now: number): number | null;
}

/** The durable positions of subscribers: what is at or before a cursor has been handled by its owner. */
export const cursorStore = (db: DatabaseSync): CursorStore => {
  const save = db.prepare('INSERT OR REPLACE INTO cursors VALUES (?, ?, ?)');
  const forget = db.prepare('DELETE FROM cursors WHERE at < ?');
  const slowest = db.prepare('SELECT min(seq) AS seq FROM cursors');
  return {
    save({ subscriber, seq, at }) {
      save.run(subscriber, seq, at);
    },
    slowest(now) {
      forget.run(now - cursorLifeMs);
      const seq = slowest.get()?.['seq'];
      return typeof seq === 'number' ? seq : null;
    },
  };
};
