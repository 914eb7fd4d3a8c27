import { codeOf, LogFailure } from '../model/failure.ts';

/** A LogFailure as it passes between threads. */
export interface FailureText {
  code: string;
  message: string;
  retryable: boolean;
}

/** Result codes, https://sqlite.org/rescode.html; what the file system refuses goes by its errno name. */
const sqliteCodes: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'ENOSPC',
  14: 'SQLITE_CANTOPEN',
  26: 'SQLITE_NOTADB',
  /** READONLY_DIRECTORY: no journal can be made beside the database. */
  1544: 'EACCES',
  /** IOERR_SHMSIZE: the index of the write-ahead log could not be given its 32 KiB. */
  4874: 'ENOSPC',
};

const logCodeOf = (error: Error): string => {
  if ('errcode' in error && typeof error.errcode === 'number') {
    const primary = error.errcode & 0xff;
    return sqliteCodes[error.errcode] ?? sqliteCodes[primary] ?? `SQLITE_${primary}`;
  }
  return codeOf(error) ?? 'log-error';
};

/** Any error of SQLite or the file system as a LogFailure with a stable code. */
export const logFailure = (error: unknown): LogFailure => {
  if (error instanceof LogFailure) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new LogFailure(logCodeOf(cause), cause.message, { retryable: true, cause });
};

const damageCodes = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'log-damaged']);

/** True when the file itself is bad, so that trying again cannot help. */
export const isDamage = ({ code }: LogFailure): boolean => damageCodes.has(code);

const circumstances = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_NOMEM',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
]);

/**
 * The same for a database that is being opened: there, any complaint of SQLite that its circumstances do not
 * explain means damage, such as a missing table after a flipped bit in a name.
 */
export const isDamageAtOpen = (failure: LogFailure): boolean =>
  isDamage(failure) || (failure.code.startsWith('SQLITE_') && !circumstances.has(failure.code));

export const failureText = ({ code, message, retryable }: LogFailure): FailureText => ({
  code,
  message,
  retryable,
});

export const fromText = ({ code, message, retryable }: FailureText): LogFailure =>
  new LogFailure(code, message, { retryable });
