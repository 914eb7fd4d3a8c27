import { closeSync, constants, openSync, truncateSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../../agent/model/failure.ts';

/** Who was killed a moment ago may not be gone yet. ms */
const patienceMs = 1000;

/** SQLITE_BUSY (sqlite.org/rescode.html). */
const isBusy = (cause: unknown): boolean =>
  ((cause as { errcode?: number }).errcode ?? 0) % 256 === 5;

/** SQLITE_NOTADB. */
const isNoDatabase = (cause: unknown): boolean => (cause as { errcode?: number }).errcode === 26;

const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;

/**
 * Makes this the only notifier of an outbox: two would tell everything twice. The lock is SQLite's own, on an empty
 * database beside it, which the kernel drops with the process: kill -9 leaves nothing stale. It holds until the result
 * is closed.
 * @throws Failure `outbox-in-use` while another has it, and where the disk does not take it
 */
export const takeLock = (outboxDb: string): DatabaseSync => {
  const file = `${outboxDb}.lock`;
  closeSync(openSync(file, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600));
  const lock = new DatabaseSync(file, { timeout: patienceMs });
  try {
    // In memory: a journal on disk would need room where there may be none.
    lock.exec('pragma journal_mode = memory; begin exclusive');
    return lock;
  } catch (cause) {
    lock.close();
    if (isNoDatabase(cause)) {
      // Nothing of ours writes to it: whatever it holds is of no use to anybody.
      truncateSync(file);
      return takeLock(outboxDb);
    }
    if (!isBusy(cause)) throw cause;
    throw new Failure('outbox-in-use', `another notifier tells what waits in ${outboxDb}`, {
      retryable: true,
    });
  }
};
