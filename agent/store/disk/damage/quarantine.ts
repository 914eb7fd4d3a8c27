import type { Quarantined } from '../../../model/event-log.ts';
import type { LogFailure } from '../../../model/failure.ts';
import { openDatabase } from '../database.ts';
import { identityOf } from '../file-identity.ts';
import { salvage } from './salvage.ts';
import { asideName, forgetOldest, makeBeside, replace } from './set-aside.ts';

const salvageInto = (fresh: string, damaged: string): number => {
  const db = openDatabase(fresh);
  try {
    return salvage(damaged, db);
  } finally {
    db.close();
  }
};

/**
 * Sets a damaged database aside and puts a fresh one with all that could be read in its place.
 * Nobody may have it open. @throws what the file system says; the damaged one is then still in place.
 */
export const quarantine = (eventsDb: string, why: LogFailure, now: number): Quarantined =>
  makeBeside(eventsDb, (fresh) => {
    // A database that proved damaged after it was removed cannot be read again.
    const exists = identityOf(eventsDb) !== '';
    const salvaged = exists ? salvageInto(fresh, eventsDb) : 0;
    if (!exists) return { file: '', reason: why.message, salvaged };
    const aside = asideName(eventsDb, now);
    replace(eventsDb, fresh, aside);
    forgetOldest(eventsDb);
    return { file: aside, reason: why.message, salvaged };
  });
