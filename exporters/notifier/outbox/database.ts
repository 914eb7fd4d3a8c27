import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../../../agent/model/failure.ts';
import { migrate } from './migrate.ts';
import { schema } from './schema.ts';

/**
 * FULL: what was decided survives a power cut. A small cache: the notifier is idle most of the time. A short log: on a
 * full disk there is little room for it (reserve.ts).
 */
const pragmas = `
pragma journal_mode = wal;
pragma synchronous = full;
pragma foreign_keys = on;
pragma busy_timeout = 2000;
pragma cache_size = -1024;
pragma journal_size_limit = 1048576;
pragma wal_autocheckpoint = 200;
`;

/** Everything in `work` or nothing of it. */
export const inTransaction = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (cause) {
    // A full disk may have rolled it back by itself.
    if (database.isTransaction) database.exec('rollback');
    throw cause;
  }
};

const open = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file);
  try {
    database.exec(pragmas);
    const check = database.prepare('pragma quick_check(1)').get() as { quick_check?: string };
    if (check.quick_check !== 'ok') throw new Error(`damaged: ${check.quick_check}`);
    inTransaction(database, () => {
      database.exec(schema);
      migrate(database);
    });
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
};

/** SQLITE_CORRUPT, SQLITE_NOTADB (sqlite.org/rescode.html). */
const isDamaged = (cause: unknown): boolean => {
  const { errcode } = cause as { errcode?: number };
  return errcode === 11 || errcode === 26 || messageOf(cause).startsWith('damaged:');
};

/** SQLITE_FULL; some systems say SQLITE_IOERR for a write that finds no room. */
export const isFull = (cause: unknown): boolean => {
  const { errcode = 0 } = cause as { errcode?: number };
  return errcode === 13 || (errcode & 0xff) === 10;
};

/**
 * Opens the outbox, which one process may do (lock.ts). A damaged one is set aside and a fresh one made: what waited in it is in
 * the log of events, and people who were paired pair again.
 * @throws where the disk does not take it
 */
export const openDatabase = (file: string, onSetAside: (as: string) => void): DatabaseSync => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    return open(file);
  } catch (cause) {
    if (!isDamaged(cause)) throw cause;
    const aside = `${file}.damaged-${Date.now()}`;
    renameSync(file, aside);
    for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    onSetAside(aside);
    return open(file);
  }
};
