import { accessSync, closeSync, constants, openSync, rmSync } from 'node:fs';
import type { LogFailure } from '../../model/failure.ts';
import { logFailure } from '../failures.ts';

const vague = ['SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'];

/** A file system that found an error in itself refuses to make a file, whatever it says of those it has. */
const probe = (beside: string): void => {
  const file = `${beside}.probe`;
  try {
    closeSync(openSync(file, 'w', 0o600));
  } finally {
    rmSync(file, { force: true });
  }
};

/**
 * SQLite says only "I/O error" where the file system, asked, says why: EROFS, EACCES, ENOENT. The database itself
 * is not opened for that: closing it again would drop the locks SQLite has on it (howtocorrupt.html, 2.2).
 */
export const namedByDisk = (failure: LogFailure, file: string): LogFailure => {
  if (!vague.includes(failure.code)) return failure;
  try {
    accessSync(file, constants.W_OK);
    probe(file);
    return failure;
  } catch (error) {
    return logFailure(error);
  }
};
