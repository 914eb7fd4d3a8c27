import { existsSync, linkSync, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Files kept for a person to look at; older ones make room. */
const keptFiles = 3;

/** The index first: it can be made again, so that what fails halfway leaves a database its write-ahead log. */
const sidecars = ['-shm', '-wal'] as const;

export const removeSidecars = (file: string): void => {
  for (const suffix of sidecars) rmSync(`${file}${suffix}`, { force: true });
};

export const removeAll = (file: string): void => {
  rmSync(file, { force: true });
  removeSidecars(file);
};

/** A free name for the file that is set aside. */
export const asideName = (eventsDb: string, now: number): string => {
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  const name = `${eventsDb}.damaged-${stamp}`;
  return existsSync(name) ? asideName(eventsDb, now + 1) : name;
};

/** A directory cannot have two names, and cannot be replaced by a file. */
const alsoName = (file: string, aside: string): void => {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) renameSync(file, aside);
  else if (found) linkSync(file, aside);
};

/**
 * Puts a fresh database in place, and what is there aside. In this order, at any moment a crash leaves either
 * the old file or the whole fresh one in place.
 */
export const replace = (eventsDb: string, fresh: string, aside: string): void => {
  alsoName(eventsDb, aside);
  // A log of the old database must never meet the fresh one.
  for (const suffix of sidecars) {
    if (existsSync(`${eventsDb}${suffix}`)) renameSync(`${eventsDb}${suffix}`, `${aside}${suffix}`);
  }
  renameSync(fresh, eventsDb);
};

/** Directories are left: nothing of ours is one. */
export const forgetOldest = (eventsDb: string): void => {
  const dir = dirname(eventsDb);
  const prefix = `${basename(eventsDb)}.damaged-`;
  const names = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.name.startsWith(prefix))
    .map(({ name }) => name)
    .filter((name) => !sidecars.some((suffix) => name.endsWith(suffix)));
  for (const name of names.sort().slice(0, -keptFiles)) removeAll(join(dir, name));
};

/** Lets `work` make a fresh database beside the log's; what it leaves when it fails is removed. */
export const makeBeside = <T>(eventsDb: string, work: (fresh: string) => T): T => {
  const fresh = `${eventsDb}.rebuilding`;
  removeAll(fresh);
  try {
    return work(fresh);
  } catch (error) {
    removeAll(fresh);
    throw error;
  }
};
