import { chmodSync, closeSync, openSync } from 'node:fs';
import type { Quarantined } from '../../../model/event-log.ts';
import { identityOf } from '../file-identity.ts';
import type { Store } from '../store.ts';
import type { Held } from './hold.ts';
import { makeBeside, putInPlace } from './make-beside.ts';
import { removeSidecars } from './set-aside.ts';

const copy = (store: Store, fresh: string): void => {
  closeSync(openSync(fresh, 'wx', 0o600));
  store.copyTo(fresh);
  chmodSync(fresh, 0o600);
};

const reasonOf = (found: string, ours: string): string => {
  if (found === '') return 'it was removed while in use';
  return found === ours
    ? 'its write-ahead log was removed while in use'
    : 'another file took its place';
};

/**
 * The database or its write-ahead log was removed, or replaced, while in use. They can still be read, by those
 * who have them open: writes all to its name again. What took the place of our database, a copy put back for one,
 * may be somebody's only one: it is kept. @throws what the file system says; nothing is lost then.
 */
export const bringBack = (held: Held, eventsDb: string, now: number): Quarantined => {
  const found = identityOf(eventsDb);
  const place = (fresh: string): Quarantined => {
    // Ours is in the copy, and must not be taken for that of the file it now lies beside.
    const isOurs = identityOf(`${eventsDb}-wal`) === held.writeAheadLog;
    if (found === '' || isOurs) removeSidecars(eventsDb);
    const file = putInPlace(eventsDb, fresh, now);
    return { file, reason: reasonOf(found, held.database), salvaged: held.store.count() };
  };
  return makeBeside(eventsDb, (fresh) => copy(held.store, fresh), place);
};
