import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OomCounts } from '../../explain/gather.ts';
import {
  delegatedUnit,
  isSessionGroup,
  type Kernel,
  realKernel,
  sessionGroup,
  unifiedPath,
} from '../../model/cgroup.ts';
import type { CgroupSample } from '../../model/events/death.ts';
import type { Life } from '../../model/state.ts';

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
  unifiedPath(read(join(proc, String(pid), 'cgroup')) ?? '');

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
  const isOwn = path && paths.size === 1 && isSessionGroup(path, tmuxId);
  return isOwn ? join(kernel.cgroup, path) : null;
};

/** Where the cgroup of a session is once its panes are gone: beside that of its server, if that is delegated. */
export const groupBeside = (
  { instance, tmuxId }: Pick<Life, 'instance' | 'tmuxId'>,
  kernel: Kernel,
): string | null => {
  const unit = delegatedUnit(groupOf(instance.pid, kernel) ?? '');
  return unit === null ? null : join(kernel.cgroup, sessionGroup(unit, tmuxId));
};

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
