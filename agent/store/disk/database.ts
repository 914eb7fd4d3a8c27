import { closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { LogFailure } from '../../model/failure.ts';
import { logFailure } from '../failures.ts';
import { ensureSchema } from './schema.ts';

/** Salvage reads pages of a damaged database by itself and relies on this size. */
export const pageSize = 4096;

/** How long a call waits for a lock another program holds before it fails and the queue retries, ms. */
const busyTimeoutMs = 250;

/** Older releases can corrupt a database in WAL mode: https://sqlite.org/wal.html#walresetbug */
const oldestSqlite = [3, 51, 3] as const;

/** @throws LogFailure `sqlite-too-old`. */
export const checkSqliteVersion = (version: string): void => {
  const parts = version.split('.').map(Number);
  const index = oldestSqlite.findIndex((wanted, i) => wanted !== parts[i]);
  if (index === -1 || Number(parts[index]) > Number(oldestSqlite[index])) return;
  throw new LogFailure(
    'sqlite-too-old',
    `this Node has SQLite ${version}, which can corrupt the log; ${oldestSqlite.join('.')} or newer is needed`,
  );
};

/** Space in use, without free pages, bytes. */
export const usedBytes = (db: DatabaseSync): (() => number) => {
  const pages = db.prepare(
    'SELECT page_count - freelist_count AS used FROM pragma_page_count, pragma_freelist_count',
  );
  return () => Number(pages.get()?.['used']) * pageSize;
};

/** Only possible in an empty file, and in any other a write that a full disk refuses. */
const layOut = (db: DatabaseSync): void =>
  db.exec(`PRAGMA page_size = ${pageSize}; PRAGMA auto_vacuum = INCREMENTAL;`);

const setPragmas = (db: DatabaseSync): void =>
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 256;
    PRAGMA journal_size_limit = 4194304;
    PRAGMA cache_size = -512;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 0;
  `);

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

const connect = (file: string, locking: 'NORMAL' | 'EXCLUSIVE'): DatabaseSync => {
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    db.exec(`PRAGMA locking_mode = ${locking}`);
    if (sizeOf(file) === 0) layOut(db);
    setPragmas(db);
    ensureSchema(db);
    return db;
  } catch (error) {
    db.close();
    throw logFailure(error);
  }
};

/**
 * Opens the log's database and makes its tables, without looking for damage. On a full disk there is no room
 * for the shared index of the write-ahead log; an exclusive connection keeps that index in memory instead.
 */
export const openDatabase = (file: string): DatabaseSync => {
  closeSync(openSync(file, 'a', 0o600));
  try {
    return connect(file, 'NORMAL');
  } catch (error) {
    if (logFailure(error).code !== 'ENOSPC') throw error;
    return connect(file, 'EXCLUSIVE');
  }
};

/**
 * Opens what is there without writing a byte, as on a disk that takes none; an empty database in memory where
 * nothing is. A log that was closed cleanly has no write-ahead log, and SQLite would want to make one.
 */
export const readDatabase = (file: string): DatabaseSync => {
  if (sizeOf(file) === 0) {
    const db = new DatabaseSync(':memory:');
    ensureSchema(db);
    return db;
  }
  const url = pathToFileURL(file);
  if (sizeOf(`${file}-wal`) === 0) url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
};

/** @throws LogFailure `log-damaged` with SQLite's finding, or what reading it raised. */
export const checkDatabase = (db: DatabaseSync): void => {
  const finding = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (finding !== 'ok') throw new LogFailure('log-damaged', String(finding));
  // A header with a strange write version passes the check, and every write is then refused.
  db.exec('BEGIN IMMEDIATE; UPDATE sync SET n = n; ROLLBACK');
};
