import { chmodSync, closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import type { Quarantined } from '../model/event-log.ts';
import { forgetOldest, freeName, removeAll, sidecars } from './quarantine.ts';
import type { Store } from './store.ts';

/** Which file a name leads to; '' when to none. */
export const identityOf = (file: string): string => {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat ? `${stat.dev}:${stat.ino}` : '';
};

/** What took the place of our database, a copy put back for one, may be somebody's only one. */
const setAside = (eventsDb: string, now: number): string => {
  const aside = freeName(eventsDb, now);
  for (const suffix of ['', ...sidecars]) {
    if (existsSync(`${eventsDb}${suffix}`)) renameSync(`${eventsDb}${suffix}`, `${aside}${suffix}`);
  }
  forgetOldest(eventsDb);
  return aside;
};

/**
 * The database was removed, or replaced, while in use. It can still be read, by those who have it open: writes
 * it to its name again. @throws what the file system says; nothing is lost then.
 */
export const bringBack = (store: Store, eventsDb: string, now: number): Quarantined => {
  const fresh = `${eventsDb}.rebuilding`;
  removeAll(fresh);
  closeSync(openSync(fresh, 'wx', 0o600));
  store.copyTo(fresh);
  chmodSync(fresh, 0o600);
  const removed = !existsSync(eventsDb);
  const aside = setAside(eventsDb, now);
  renameSync(fresh, eventsDb);
  return {
    file: removed ? '' : aside,
    reason: removed ? 'it was removed while in use' : 'another file took its place',
    salvaged: store.head(),
  };
};
