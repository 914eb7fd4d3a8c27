import { execFile } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Test } from 'tap';
import { temporaryDir } from '../temporary-log.ts';

const run = promisify(execFile);

/** A disk of 4 MiB; null where this user or machine may not mount one. */
export const smallDisk = async (t: Test): Promise<string | null> => {
  const dir = join(await temporaryDir(t), 'disk');
  await mkdir(dir);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', dir]);
  } catch {
    return null;
  }
  t.teardown(() => run('umount', ['-l', dir]));
  return dir;
};

/** The reason to skip a test that needs a small disk; false where it may have one. */
export const skipSmallDisk = async (t: Test): Promise<string | false> =>
  (await smallDisk(t)) === null && 'mounting a small disk needs root';

/** Takes all space that is left but `spare` bytes; gives it back when called. */
export const fill = (dir: string, spare: number): (() => void) => {
  const [ballast, reserve] = [join(dir, 'ballast'), join(dir, 'reserve')];
  const write = (file: string, limit: number): void => {
    const fd = openSync(file, 'w');
    const block = Buffer.alloc(4096, 1);
    try {
      for (let bytes = 0; bytes < limit; bytes += block.length) writeSync(fd, block);
    } catch {
      // Full: as wanted.
    }
    closeSync(fd);
  };
  write(reserve, spare);
  write(ballast, Number.POSITIVE_INFINITY);
  rmSync(reserve);
  return () => rmSync(ballast);
};

export const remount = async (dir: string, mode: 'ro' | 'rw'): Promise<void> => {
  await run('mount', ['-o', `remount,${mode}`, dir]);
};
