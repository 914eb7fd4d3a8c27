import { accessSync, constants } from 'node:fs';
import type { LogFailure } from '../../model/failure.ts';
import { logFailure } from '../failures.ts';

const vague = ['SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'];

/**
 * SQLite says only "I/O error" where the file system, asked for the file, says why: EROFS, EACCES, ENOENT.
 * Asked without opening it: closing it again would drop the locks SQLite has on it (howtocorrupt.html, 2.2).
 */
export const namedByDisk = (failure: LogFailure, file: string): LogFailure => {
  if (!vague.includes(failure.code)) return failure;
  try {
    accessSync(file, constants.W_OK);
    return failure;
  } catch (error) {
    return logFailure(error);
  }
};
