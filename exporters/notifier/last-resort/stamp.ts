import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of one unit nothing more is said for so long, ms. */
export const silentMs = 10 * 60_000;

/** The name of a unit has no slash in it (systemd.unit(5)), so it is the name of a file as well. */
const isUnitName = (unit: string): boolean =>
  /^[A-Za-z0-9:_.\\@-]{1,255}$/.test(unit) && !/^\.+$/.test(unit);

const fileOf = (directory: string, unit: string): string => join(directory, 'last-resort', unit);

const toldAt = (directory: string, unit: string): number | undefined => {
  try {
    return statSync(fileOf(directory, unit)).mtimeMs;
  } catch {
    // Nobody was told, or a disk does not answer: told twice is better than not at all.
    return undefined;
  }
};

/**
 * Whether people were told of this unit a short while ago. A time ahead of ours is no reason to be silent.
 * @param directories each of those it may stand in
 */
export const wasTold = (directories: readonly string[], unit: string, now: number): boolean =>
  isUnitName(unit) &&
  directories.some((directory) => {
    const at = toldAt(directory, unit);
    return at !== undefined && at <= now && now - at < silentMs;
  });

/** Whether it could. A file that is there needs no room. */
const stamp = (directory: string, unit: string, now: number): boolean => {
  const file = fileOf(directory, unit);
  const touch = (): void => utimesSync(file, now / 1000, now / 1000);
  try {
    touch();
    return true;
  } catch {
    // The first of this unit.
  }
  try {
    mkdirSync(join(directory, 'last-resort'), { recursive: true, mode: 0o700 });
    writeFileSync(file, '', { mode: 0o600 });
    touch();
    return true;
  } catch {
    return false;
  }
};

/** In the first of the directories that takes it. Never throws: told twice is better than not at all. */
export const stampTold = (directories: readonly string[], unit: string, now: number): void => {
  if (isUnitName(unit)) directories.some((directory) => stamp(directory, unit, now));
};
