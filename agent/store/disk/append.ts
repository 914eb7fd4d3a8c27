import type { DatabaseSync } from 'node:sqlite';
import { diverged } from '../log-failures.ts';
import type { Batch, EventRow } from '../messages.ts';
import { type CursorStore, cursorStore } from './cursors.ts';

/** Runs `work` as one transaction, or as part of the one that is open: all of it or nothing. */
export const transaction = <T>(db: DatabaseSync, work: () => T): T => {
  if (db.isTransaction) return work();
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has already rolled back by itself after some errors, a full disk among them.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
};

/** A row that is there already is left as it is: a commit whose answer was lost is sent again. */
export const rowInsert = (db: DatabaseSync): ((row: EventRow) => boolean) => {
  const insert = db.prepare('INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?)');
  return ({ seq, at, type, session, life, body }) =>
    insert.run(seq, at, type, session, life, body).changes === 1;
};

const durability = (db: DatabaseSync): ((full: boolean) => void) => {
  let current = false;
  return (full) => {
    if (full === current) return;
    db.exec(`PRAGMA synchronous = ${full ? 'FULL' : 'NORMAL'}`);
    current = full;
  };
};

/** @throws LogFailure `log-diverged` when another event has its number: someone else writes to this log. */
const eventInsert = (db: DatabaseSync): ((row: EventRow) => void) => {
  const insert = rowInsert(db);
  const find = db.prepare('SELECT body FROM events WHERE seq = ?');
  return (row) => {
    if (!insert(row) && find.get(row.seq)?.['body'] !== row.body) throw diverged();
  };
};

/** Commits a batch; with `full`, an fsync of the write-ahead log covers it and all that came before. */
export const appender = (
  db: DatabaseSync,
  cursors: CursorStore = cursorStore(db),
): ((batch: Omit<Batch, 'blobs'>) => void) => {
  const insert = eventInsert(db);
  const touch = db.prepare('UPDATE sync SET n = n + 1');
  const setFull = durability(db);
  return (batch) => {
    if (batch.rows.length + batch.cursors.length === 0 && !batch.full) return;
    setFull(batch.full);
    transaction(db, () => {
      for (const row of batch.rows) insert(row);
      for (const cursor of batch.cursors) cursors.save(cursor);
      if (batch.full) touch.run();
    });
  };
};
