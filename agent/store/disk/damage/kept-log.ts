import { existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';

/**
 * A second name for the write-ahead log while a database may be damaged: SQLite removes the log when it closes
 * a database and when it opens an empty one, and salvage may find in it what is nowhere else.
 */
const keptName = (eventsDb: string): string => `${eventsDb}.kept-wal`;

const holdsFrames = (file: string): boolean => {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size > 0;
};

/** Where there is none by now, what was kept before stays. */
export const keepLog = (eventsDb: string): void => {
  if (!holdsFrames(`${eventsDb}-wal`)) return;
  try {
    forgetLog(eventsDb);
    linkSync(`${eventsDb}-wal`, keptName(eventsDb));
  } catch {
    // A file system without links, or one that takes no writes: salvage reads what it finds.
  }
};

export const forgetLog = (eventsDb: string): void => {
  try {
    rmSync(keptName(eventsDb), { force: true });
  } catch {
    // Not a file, and so not ours.
  }
};

/** The log to salvage from. */
export const logToRead = (eventsDb: string): string =>
  holdsFrames(keptName(eventsDb)) ? keptName(eventsDb) : `${eventsDb}-wal`;

/** SQLite writes the first page of a database before its first log: one without the other was cut or removed. */
export const isLogAlone = (eventsDb: string): boolean =>
  (statSync(eventsDb, { throwIfNoEntry: false })?.size ?? 0) === 0 &&
  holdsFrames(logToRead(eventsDb));

/** Gives it its own name again, so that it is set aside with its database. */
export const restoreLog = (eventsDb: string): void => {
  if (existsSync(`${eventsDb}-wal`)) forgetLog(eventsDb);
  else if (holdsFrames(keptName(eventsDb))) renameSync(keptName(eventsDb), `${eventsDb}-wal`);
};
