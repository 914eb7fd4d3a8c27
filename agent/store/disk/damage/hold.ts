import { pageSize } from '../database.ts';
import { identityOf, lookAt } from '../file-identity.ts';
import type { Store } from '../store.ts';

/** A store in use, and which files it has open: they may have lost their names. */
export interface Held {
  store: Store;
  database: string;
  /** '' until SQLite makes it, with the first write. */
  writeAheadLog: string;
  /** Length of the database when it was looked at last. */
  bytes: number;
}

/** After a write, which may have made it longer. */
export const noteLength = (held: Held, eventsDb: string): void => {
  const { identity, bytes } = lookAt(eventsDb);
  if (identity === held.database) held.bytes = bytes;
};

const logOf = (eventsDb: string): string => identityOf(`${eventsDb}-wal`);

export const hold = (store: Store, eventsDb: string): Held => {
  const { identity, bytes } = lookAt(eventsDb);
  return { store, database: identity, writeAheadLog: logOf(eventsDb), bytes };
};

/** SQLite itself makes the file shorter after pages were given back, and then it knows of fewer. */
const isCutShort = ({ store, bytes }: Held, now: number): boolean =>
  now < bytes && now < Math.max(store.pages(), 1) * pageSize;

/**
 * What others did to the files of a store in use: `removed` when one of them has lost its name, `shortened` when
 * the database is not as long as it was written; null when nothing. Asked before each commit: a few calls of stat.
 */
export const findLoss = (held: Held, eventsDb: string): 'removed' | 'shortened' | null => {
  const { identity, bytes } = lookAt(eventsDb);
  const writeAheadLog = logOf(eventsDb);
  held.writeAheadLog ||= writeAheadLog;
  if (identity !== held.database || writeAheadLog !== held.writeAheadLog) return 'removed';
  if (isCutShort(held, bytes)) return 'shortened';
  held.bytes = bytes;
  return null;
};
