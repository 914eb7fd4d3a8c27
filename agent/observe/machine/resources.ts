import { stat, statfs } from 'node:fs/promises';
import type { ResourceSample } from '../../model/samples.ts';
import { readProc } from './procfs.ts';

type Amount = Pick<ResourceSample, 'value' | 'limit'>;

const numbersOf = (path: string): number[] =>
  (readProc(path) ?? '').trim().split(/\s+/).map(Number);

/** Null where the kernel does not say, or does not limit it: more than 2^52 nobody uses up. */
const amountOf = (value = Number.NaN, limit = Number.NaN): Amount | null =>
  value >= 0 && limit > 0 && limit < 2 ** 52 ? { value, limit } : null;

/** proc_sys_fs(5), proc_sys_kernel(5), proc_loadavg(5). */
const counts = {
  descriptors: () => {
    const [open = Number.NaN, free = 0, most] = numbersOf('sys/fs/file-nr');
    return amountOf(open - free, most);
  },
  ptys: () => amountOf(numbersOf('sys/kernel/pty/nr')[0], numbersOf('sys/kernel/pty/max')[0]),
  processes: () => {
    const tasks = Number((readProc('loadavg') ?? '').split(' ')[3]?.split('/')[1]);
    const [threads] = numbersOf('sys/kernel/threads-max');
    const [pids] = numbersOf('sys/kernel/pid_max');
    return amountOf(tasks, Math.min(threads ?? Number.NaN, pids ?? Number.NaN));
  },
} as const;

/** The room and the files of a file system; what only root may use counts as used (statfs(2)). */
const ofDisk = async (path: string, at: number): Promise<ResourceSample[]> => {
  const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(path);
  const used = blocks - bfree;
  const disk = amountOf(used * bsize, (used + bavail) * bsize);
  const inodes = amountOf(files - ffree, files);
  return [
    ...(disk ? [{ what: 'disk' as const, path, at, ...disk }] : []),
    ...(inodes ? [{ what: 'inodes' as const, path, at, ...inodes }] : []),
  ];
};

/** Directories on different file systems, the first of each; what cannot be looked at is left out. */
const apart = async (paths: readonly string[]): Promise<string[]> => {
  const devices = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ dev }) => dev,
        () => null,
      ),
    ),
  );
  return paths.filter((_, i) => devices[i] !== null && devices.indexOf(devices[i] ?? null) === i);
};

const ofMachine = ['descriptors', 'ptys', 'processes'] as const;

/**
 * What the machine has left of things that are used up seldom, and stop everything then.
 * @param paths directories whose file systems count
 */
export const readResources = async (
  paths: readonly string[],
  at: number,
): Promise<ResourceSample[]> => {
  const disks = await Promise.all(
    (await apart(paths)).map((path) => ofDisk(path, at).catch(() => [])),
  );
  const others = ofMachine.flatMap((what) => {
    const amount = counts[what]();
    return amount ? [{ what, path: null, at, ...amount }] : [];
  });
  return [...disks.flat(), ...others];
};
