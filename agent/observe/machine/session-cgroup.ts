import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CgroupSample } from '../../model/events/death.ts';
import type { Life } from '../../model/state.ts';

/** Where the kernel shows processes and cgroups; tests have directories of their own. */
export interface Kernel {
  readonly proc: string;
  /** The root of cgroup v2. */
  readonly cgroup: string;
}

export const realKernel: Kernel = { proc: '/proc', cgroup: '/sys/fs/cgroup' };

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there, or no more.
    return null;
  }
};

/** Of a process, as the kernel tells it; null where it has none in cgroup v2. */
const groupOf = (pid: number, { proc }: Kernel): string | null =>
  read(join(proc, String(pid), 'cgroup'))
    ?.split('\n')
    .find((line) => line.startsWith('0::'))
    ?.slice(3) ?? null;

/** `name value` lines, as of memory.stat. */
const entry = (text: string | null, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text ?? '')?.[1] ?? 0);

/**
 * The cgroup that is the session's own, as a directory; null where it has none. Not by what a link says: by where its
 * panes are. One pane elsewhere, as one that was joined from another session, and the numbers would not be its own.
 */
export const ownGroup = ({ tmuxId, panes }: Life, kernel: Kernel): string | null => {
  const paths = new Set(panes.map(({ pid }) => groupOf(pid, kernel)));
  const [path] = paths;
  const isOwn = paths.size === 1 && path?.endsWith(`/session-${tmuxId.slice(1)}`);
  return path && isOwn && !path.split('/').includes('..') ? join(kernel.cgroup, path) : null;
};

/** Where the cgroup of a session is once its panes are gone: beside that of its server, if that is delegated. */
export const groupBeside = (
  { instance, tmuxId }: Pick<Life, 'instance' | 'tmuxId'>,
  kernel: Kernel,
): string | null => {
  const path = groupOf(instance.pid, kernel);
  if (!path?.endsWith('/server') || path.split('/').includes('..')) return null;
  return join(kernel.cgroup, dirname(path), `session-${tmuxId.slice(1)}`);
};

type OomCounts = Pick<CgroupSample, 'oomKills' | 'ownOoms' | 'unitOoms'>;

/** Null where the memory of the group is not accounted for. */
export const readOoms = (group: string): OomCounts | null => {
  const own = read(join(group, 'memory.events'));
  if (own === null) return null;
  const unit = read(join(dirname(group), 'memory.events.local'));
  return {
    oomKills: entry(own, 'oom_kill'),
    ownOoms: entry(own, 'oom'),
    unitOoms: entry(unit, 'oom'),
  };
};

/** Of a session that is gone, while its cgroup is still there: its link keeps that for some seconds. */
export const oomsOf = (
  death: Pick<Life, 'instance' | 'tmuxId'>,
  kernel: Kernel = realKernel,
): OomCounts | null => {
  const group = groupBeside(death, kernel);
  return group === null ? null : readOoms(group);
};

/** What a measure finds in a cgroup; `residentBytes` is what its processes have in memory, nothing counted twice. */
export interface GroupReading {
  residentBytes: number;
  /** Processor time since the group was made, microseconds. */
  cpuMicroseconds: number;
  cgroup: CgroupSample;
}

const amount = (text: string | null): number | null => {
  const value = text?.trim() ?? '';
  return /^\d+$/.test(value) ? Number(value) : null;
};

/** Null where the group is gone, or its memory is not accounted for. */
export const readGroup = (group: string): GroupReading | null => {
  const ooms = readOoms(group);
  const memoryBytes = amount(read(join(group, 'memory.current')));
  const stat = read(join(group, 'memory.stat'));
  if (ooms === null || memoryBytes === null || stat === null) return null;
  const anonBytes = entry(stat, 'anon');
  return {
    residentBytes: anonBytes + entry(stat, 'file_mapped'),
    cpuMicroseconds: entry(read(join(group, 'cpu.stat')), 'usage_usec'),
    cgroup: {
      memoryBytes,
      anonBytes,
      memoryMaxBytes: amount(read(join(group, 'memory.max'))),
      tasks: amount(read(join(group, 'pids.current'))),
      ...ooms,
    },
  };
};
