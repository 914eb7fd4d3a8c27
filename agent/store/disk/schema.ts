import type { DatabaseSync } from 'node:sqlite';
import { LogFailure } from '../../model/failure.ts';

/** Kept in `PRAGMA user_version`, and set in the transaction that makes the tables. */
export const schemaVersion = 1;

/**
 * `sync` exists to give a transaction something to write when all it is for is the fsync.
 * The indices answer `session`, `types`, and where in `seq` a time lies.
 */
const tables = `
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, type TEXT NOT NULL,
    session TEXT, life TEXT, body TEXT NOT NULL
  );
  CREATE INDEX events_session ON events (session) WHERE session IS NOT NULL;
  CREATE INDEX events_type ON events (type);
  CREATE INDEX events_at ON events (at);
  CREATE TABLE snapshots (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, schema INTEGER NOT NULL, state TEXT NOT NULL
  );
  CREATE TABLE cursors (subscriber TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL);
  CREATE TABLE sync (n INTEGER NOT NULL);
  INSERT INTO sync VALUES (0);
`;

const versionOf = (db: DatabaseSync): number =>
  Number(db.prepare('PRAGMA user_version').get()?.['user_version']);

const isEmpty = (db: DatabaseSync): boolean =>
  db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;

/** Makes the tables in an empty database. @throws LogFailure `log-damaged` on any other that is not ours. */
export const ensureSchema = (db: DatabaseSync): void => {
  const version = versionOf(db);
  if (version === schemaVersion) return;
  if (version !== 0) throw new LogFailure('log-damaged', `unknown schema version ${version}`);
  if (!isEmpty(db)) throw new LogFailure('log-damaged', 'not a Holdfast log');
  db.exec(`BEGIN IMMEDIATE; ${tables} PRAGMA user_version = ${schemaVersion}; COMMIT`);
};
