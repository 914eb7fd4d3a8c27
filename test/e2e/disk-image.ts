import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Test } from 'tap';

const run = (program: string, ...args: string[]): string | null => {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
};

const must = (program: string, ...args: string[]): string => {
  const output = run(program, ...args);
  if (output === null) throw new Error(`${program} ${args.join(' ')} failed`);
  return output;
};

const imageBytes = 32 * 1024 * 1024;

const attach = (image: string, directory: string): boolean =>
  run('mount', '-o', 'loop,errors=remount-ro', image, directory) !== null;

/** A disk of its own that can be made to stall and to fail; null where loop mounts are refused. */
export const mountImage = (t: Test) => {
  const base = mkdtempSync(join(tmpdir(), 'hfe-disk-'));
  const [image, path] = [join(base, 'image'), join(base, 'disk')];
  mkdirSync(path);
  writeFileSync(image, '');
  truncateSync(image, imageBytes);
  const mounted = run('mkfs.ext4', '-q', '-F', image) !== null && attach(image, path);
  t.teardown(() => {
    run('fsfreeze', '--unfreeze', path);
    run('umount', '--lazy', path);
    rmSync(base, { recursive: true, force: true });
  });
  if (!mounted) return null;

  return {
    path,
    /** Every write waits, as on a disk that has stopped answering. */
    freeze: () => void must('fsfreeze', '--freeze', path),
    thaw: () => void must('fsfreeze', '--unfreeze', path),
    /** The file system finds an error in itself and becomes read-only. */
    fail: () => {
      const device = basename(must('findmnt', '--noheadings', '--output', 'SOURCE', path));
      writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, 'a test');
    },
    /** Nothing may have a file open on it. */
    mend: () => {
      must('umount', path);
      // 1: errors were found and corrected (e2fsck(8)).
      spawnSync('e2fsck', ['-fy', image]);
      if (!attach(image, path)) throw new Error('cannot mount the disk again');
    },
  };
};
