import { chmodSync, closeSync, lstatSync, openSync } from 'node:fs';
import type { Quarantined } from '../../../model/event-log.ts';
import { identityOf } from '../file-identity.ts';
import type { Store } from '../store.ts';
import { asideName, forgetOldest, makeBeside, removeSidecars, replace } from './set-aside.ts';

/** A store in use, and which files it has open: they may have lost their names. */
export interface Held {
  store: Store;
  database: string;
  writeAheadLog: string;
}

export const hold = (store: Store, eventsDb: string): Held => ({
  store,
  database: identityOf(eventsDb),
  writeAheadLog: identityOf(`${eventsDb}-wal`),
});

const copy = (store: Store, fresh: string): void => {
  closeSync(openSync(fresh, 'wx', 0o600));
  store.copyTo(fresh);
  chmodSync(fresh, 0o600);
};

/** What took the place of our database, a copy put back for one, may be somebody's only one: it is kept. */
const putInPlace = (eventsDb: string, fresh: string, now: number): string => {
  const found = lstatSync(eventsDb, { throwIfNoEntry: false }) !== undefined;
  const aside = asideName(eventsDb, now);
  replace(eventsDb, fresh, aside);
  forgetOldest(eventsDb);
  return found ? aside : '';
};

/**
 * The database was removed, or replaced, while in use. It can still be read, by those who have it open: writes
 * it to its name again. @throws what the file system says; nothing is lost then.
 */
export const bringBack = (held: Held, eventsDb: string, now: number): Quarantined =>
  makeBeside(eventsDb, (fresh) => {
    copy(held.store, fresh);
    const removed = identityOf(eventsDb) === '';
    // Ours is in the copy, and must not be taken for that of the file it now lies beside.
    if (removed || identityOf(`${eventsDb}-wal`) === held.writeAheadLog) removeSidecars(eventsDb);
    const file = putInPlace(eventsDb, fresh, now);
    const reason = removed ? 'it was removed while in use' : 'another file took its place';
    return { file, reason, salvaged: held.store.count() };
  });
