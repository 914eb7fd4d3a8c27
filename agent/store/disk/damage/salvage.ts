import type { DatabaseSync } from 'node:sqlite';
import type { CursorRow, EventRow, SnapshotRow } from '../../messages.ts';
import { subjectOf } from '../../subject.ts';
import { parseEvent } from '../../upcast.ts';
import { rowInsert, transaction } from '../append.ts';
import { cursorStore } from '../cursors.ts';
import { isUsable, snapshotStore } from '../snapshots.ts';
import type { PageFile } from './page-file.ts';
import { type Row, rowsOfPage } from './pages.ts';

/** Tables are told apart by the shape of their rows: where they began is what may be damaged. */

export const eventOfRow = ({ rowid, values }: Row): EventRow | null => {
  const body = values[5];
  if (values.length < 6 || typeof body !== 'string') return null;
  const event = parseEvent(body);
  if (event?.seq !== rowid) return null;
  return { seq: rowid, at: event.at, type: event.type, ...subjectOf(event), body };
};

const snapshotOfRow = ({ rowid, values: [, at, schema, state] }: Row): SnapshotRow | null => {
  if (typeof at !== 'number' || typeof schema !== 'number' || typeof state !== 'string')
    return null;
  return isUsable(rowid, state) ? { seq: rowid, at, schema, state } : null;
};

const cursorOfRow = ({ values }: Row): CursorRow | null => {
  const [subscriber, seq, at] = values;
  if (values.length !== 3 || typeof subscriber !== 'string') return null;
  return typeof seq === 'number' && typeof at === 'number' ? { subscriber, seq, at } : null;
};

/** Puts a row where it belongs; true when it was an event not yet there. */
const rowSaver = (db: DatabaseSync): ((row: Row) => boolean) => {
  const insert = rowInsert(db);
  const snapshots = snapshotStore(db);
  const cursors = cursorStore(db);
  return (row) => {
    const event = eventOfRow(row);
    if (event) return insert(event);
    const snapshot = snapshotOfRow(row);
    if (snapshot) snapshots.save(snapshot);
    const cursor = cursorOfRow(row);
    if (cursor) cursors.save(cursor);
    return false;
  };
};

/**
 * Copies every row that can still be read from a damaged database into an empty one, as one transaction.
 * @returns the number of events.
 */
export const salvage = ({ pages, numbers }: PageFile, db: DatabaseSync): number =>
  transaction(db, () => {
    const save = rowSaver(db);
    let events = 0;
    for (const page of numbers) {
      for (const row of rowsOfPage(page, pages)) events += Number(save(row));
    }
    return events;
  });
