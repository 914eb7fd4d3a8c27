import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { LogFailure } from '../../model/failure.ts';
import { logFailure } from '../failures.ts';

export const lockFile = (eventsDb: string): string => `${eventsDb}.lock`;

/**
 * Makes this the only writer. The lock is SQLite's own on an empty database beside the log: the kernel
 * drops it with the process, so kill -9 leaves nothing stale, and it holds while the log is being replaced.
 * @throws LogFailure `log-in-use` while another holds it.
 */
export const takeLock = (eventsDb: string): DatabaseSync => {
  const file = lockFile(eventsDb);
  closeSync(openSync(file, 'a', 0o600));
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    // In memory, for a journal on disk would need space where there may be none.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    const failure = logFailure(error);
    if (failure.code !== 'SQLITE_BUSY') throw failure;
    throw new LogFailure('log-in-use', `another agent writes to ${eventsDb}`, { retryable: true });
  }
};
