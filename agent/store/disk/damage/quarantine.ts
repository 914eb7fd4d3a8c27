import type { Quarantined } from '../../../model/event-log.ts';
import type { LogFailure } from '../../../model/failure.ts';
import { openDatabase } from '../database.ts';
import { logToRead, restoreLog } from './kept-log.ts';
import { makeBeside, putInPlace } from './make-beside.ts';
import { openPageFile } from './page-file.ts';
import { salvage } from './salvage.ts';

const salvageInto = (fresh: string, eventsDb: string): number => {
  const db = openDatabase(fresh);
  const damaged = openPageFile(eventsDb, logToRead(eventsDb));
  try {
    const salvaged = salvage(damaged, db);
    // Closing it does the same, and does not say when the disk is full.
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return salvaged;
  } finally {
    damaged.close();
    db.close();
  }
};

/**
 * Sets a damaged database aside and puts a fresh one with all that could be read in its place.
 * Nobody may have it open. @throws what the file system says; the damaged one is then still in place.
 */
export const quarantine = (eventsDb: string, why: LogFailure, now: number): Quarantined => {
  let salvaged = 0;
  const make = (fresh: string): void => {
    salvaged = salvageInto(fresh, eventsDb);
  };
  const place = (fresh: string): string => {
    restoreLog(eventsDb);
    return putInPlace(eventsDb, fresh, now);
  };
  const file = makeBeside(eventsDb, make, place);
  return { file, reason: why.message, salvaged };
};
