import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of one unit nothing more is said for so long, ms. */
export const silentMs = 10 * 60_000;

/** The name of a unit has no slash in it (systemd.unit(5)), so it is the name of a file as well. */
const isUnitName = (unit: string): boolean =>
  /^[A-Za-z0-9:_.\\@-]{1,255}$/.test(unit) && !/^\.+$/.test(unit);

const fileOf = (directory: string, unit: string): string => join(directory, 'last-resort', unit);

/** Whether people were told of this unit a short while ago. A time ahead of ours is no reason to be silent. */
export const wasTold = (directory: string, unit: string, now: number): boolean => {
  if (!isUnitName(unit)) return false;
  const at = statSync(fileOf(directory, unit), { throwIfNoEntry: false })?.mtimeMs;
  return at !== undefined && at <= now && now - at < silentMs;
};

/** Never throws: told twice is better than not at all. */
export const stampTold = (directory: string, unit: string, now: number): void => {
  if (!isUnitName(unit)) return;
  try {
    mkdirSync(join(directory, 'last-resort'), { recursive: true, mode: 0o700 });
    writeFileSync(fileOf(directory, unit), '', { mode: 0o600 });
    utimesSync(fileOf(directory, unit), now / 1000, now / 1000);
  } catch {
    // A full disk: the next failure is told again.
  }
};
