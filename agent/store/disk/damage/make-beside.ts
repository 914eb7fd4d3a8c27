import { existsSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { asideName, forgetOldest, removeSidecars, replace } from './set-aside.ts';

/** A fresh database has this name while it is made, and the other once it is whole. */
const unfinished = (eventsDb: string): string => `${eventsDb}.rebuilding`;
const whole = (eventsDb: string): string => `${eventsDb}.rebuilt`;

const removeBoth = (eventsDb: string): void => {
  for (const file of [unfinished(eventsDb), whole(eventsDb)]) {
    rmSync(file, { force: true });
    removeSidecars(file);
  }
};

/**
 * Lets `make` write a fresh database beside the log's, and `place` put it in place; what they leave when one of
 * them fails is removed.
 */
export const makeBeside = <T>(
  eventsDb: string,
  make: (fresh: string) => void,
  place: (fresh: string) => T,
): T => {
  removeBoth(eventsDb);
  try {
    make(unfinished(eventsDb));
    renameSync(unfinished(eventsDb), whole(eventsDb));
    return place(whole(eventsDb));
  } catch (error) {
    removeBoth(eventsDb);
    throw error;
  }
};

const isThere = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

/** Puts it in place, and what is there aside; where that is now, '' when nothing was there. */
export const putInPlace = (eventsDb: string, fresh: string, now: number): string => {
  const aside = asideName(eventsDb, now);
  replace(eventsDb, fresh, aside);
  forgetOldest(eventsDb);
  return [aside, `${aside}-wal`].find(isThere) ?? '';
};

/**
 * Goes on where a kill came between the two: nobody has written since. Null when there was nothing to do, else
 * where the old file is.
 */
export const finishPlacing = (eventsDb: string, now: number): string | null =>
  existsSync(whole(eventsDb)) ? putInPlace(eventsDb, whole(eventsDb), now) : null;
