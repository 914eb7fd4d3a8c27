import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';

const mount = (...options: string[]): boolean => spawnSync('mount', options).status === 0;

const unmount = (path: string): void => {
  spawnSync('umount', ['--lazy', path]);
  // A log that a failed test left open may have come back here.
  rmSync(path, { recursive: true });
};

const mountNew = (size: string): string | null => {
  const path = mkdtempSync(join(tmpdir(), 'holdfast-disk-'));
  if (mount('-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', path)) return path;
  rmdirSync(path);
  return null;
};

const canMount = (): boolean => {
  const path = mountNew('64k');
  if (path) unmount(path);
  return path !== null;
};

/** Options of a test that needs a small disk. */
export const onSmallDisk: { skip: string | false } = {
  skip: canMount() ? false : 'mounting a tmpfs is not allowed here',
};

/** A file system of its own in memory, unmounted after the test. */
export const mountSmallDisk = (t: Test, size: string) => {
  const path = mountNew(size);
  if (path === null) throw new Error('cannot mount a tmpfs');
  t.teardown(() => unmount(path));
  const filler = join(path, 'filler');
  return {
    path,
    /** Takes all the room there is. */
    fill(): void {
      const block = Buffer.alloc(4096);
      try {
        for (;;) appendFileSync(filler, block);
      } catch {
        // Full, as intended.
      }
    },
    /** Gives it back. */
    free: (): void => rmSync(filler),
    readOnly(on: boolean): void {
      if (!mount('-o', `remount,${on ? 'ro' : 'rw'}`, path)) throw new Error('cannot remount');
    },
  };
};
