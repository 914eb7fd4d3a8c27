import { existsSync, linkSync, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Files kept for a person to look at; older ones make room. */
const keptFiles = 3;

/** The index first: it can be made again, so that what fails halfway leaves a database its write-ahead log. */
const sidecars = ['-shm', '-wal', '-journal'] as const;

export const removeSidecars = (file: string): void => {
  for (const suffix of sidecars) rmSync(`${file}${suffix}`, { force: true });
};

/** A free name for the file that is set aside. */
export const asideName = (eventsDb: string, now: number): string => {
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  const name = `${eventsDb}.damaged-${stamp}`;
  const isTaken = ['', ...sidecars].some((suffix) => existsSync(`${name}${suffix}`));
  return isTaken ? asideName(eventsDb, now + 1) : name;
};

/** A directory cannot have two names, and cannot be replaced by a file. */
const alsoName = (file: string, aside: string): void => {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) renameSync(file, aside);
  else if (found) linkSync(file, aside);
};

/**
 * Puts a fresh database in place, and what is there aside. In this order, at any moment a crash leaves the old
 * file or the fresh one in place, and the fresh one whole.
 */
export const replace = (eventsDb: string, fresh: string, aside: string): void => {
  alsoName(eventsDb, aside);
  // A log of the old database must never meet the fresh one.
  for (const suffix of sidecars) {
    if (existsSync(`${eventsDb}${suffix}`)) renameSync(`${eventsDb}${suffix}`, `${aside}${suffix}`);
  }
  renameSync(fresh, eventsDb);
};

const withoutSuffix = (name: string): string => name.replace(/-(shm|wal|journal)$/, '');

const forget = (file: string): void => {
  try {
    rmSync(file, { force: true });
  } catch {
    // It stays; nothing depends on its going.
  }
};

/** Directories are left: nothing of ours is one. */
export const forgetOldest = (eventsDb: string): void => {
  const dir = dirname(eventsDb);
  const prefix = `${basename(eventsDb)}.damaged-`;
  const names = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.name.startsWith(prefix))
    .map(({ name }) => name);
  const kept = [...new Set(names.map(withoutSuffix))].sort().slice(-keptFiles);
  for (const name of names) if (!kept.includes(withoutSuffix(name))) forget(join(dir, name));
};
