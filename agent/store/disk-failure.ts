import { closeSync, openSync } from 'node:fs';
import type { LogFailure } from '../model/failure.ts';
import { logFailure } from './failures.ts';

const vague = ['SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'];

/** SQLite says only "I/O error" where the file system, asked for the file, says why: EROFS, EACCES, EIO. */
export const namedByDisk = (failure: LogFailure, file: string): LogFailure => {
  if (!vague.includes(failure.code)) return failure;
  try {
    closeSync(openSync(file, 'a'));
    return failure;
  } catch (error) {
    return logFailure(error);
  }
};
