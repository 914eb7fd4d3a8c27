import { existsSync, linkSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Quarantined } from '../model/event-log.ts';
import type { LogFailure } from '../model/failure.ts';
import { openDatabase } from './database.ts';
import { salvage } from './salvage.ts';

/** Damaged files kept for a person to look at; older ones make room. */
const keptFiles = 3;

export const sidecars = ['-wal', '-shm'] as const;

export const removeAll = (file: string): void => {
  for (const suffix of ['', ...sidecars]) rmSync(`${file}${suffix}`, { force: true });
};

export const freeName = (eventsDb: string, now: number): string => {
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  const name = `${eventsDb}.damaged-${stamp}`;
  return existsSync(name) ? freeName(eventsDb, now + 1) : name;
};

/** In this order, at any moment a crash leaves either the damaged file or the whole fresh one in place. */
const swap = (eventsDb: string, fresh: string, aside: string): void => {
  linkSync(eventsDb, aside);
  // A log of the damaged database must never meet the fresh one.
  for (const suffix of sidecars) {
    if (existsSync(`${eventsDb}${suffix}`)) renameSync(`${eventsDb}${suffix}`, `${aside}${suffix}`);
  }
  renameSync(fresh, eventsDb);
};

export const forgetOldest = (eventsDb: string): void => {
  const dir = dirname(eventsDb);
  const prefix = `${basename(eventsDb)}.damaged-`;
  const files = readdirSync(dir).filter(
    (name) => name.startsWith(prefix) && !sidecars.some((suffix) => name.endsWith(suffix)),
  );
  for (const name of files.sort().slice(0, -keptFiles)) removeAll(join(dir, name));
};

/**
 * Sets a damaged database aside and puts a fresh one with all that could be read in its place.
 * Nobody may have it open. @throws what the file system says; the damaged one is then still in place.
 */
export const quarantine = (eventsDb: string, why: LogFailure, now: number): Quarantined => {
  const fresh = `${eventsDb}.rebuilding`;
  removeAll(fresh);
  const db = openDatabase(fresh);
  let salvaged: number;
  try {
    salvaged = salvage(eventsDb, db);
  } finally {
    db.close();
  }
  const aside = freeName(eventsDb, now);
  swap(eventsDb, fresh, aside);
  forgetOldest(eventsDb);
  return { file: aside, reason: why.message, salvaged };
};
