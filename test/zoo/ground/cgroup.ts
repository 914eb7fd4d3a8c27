import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { eventually } from '../../e2e/sampled.ts';

const root = '/sys/fs/cgroup';

const limitFiles = {
  memory: { v1: 'memory.limit_in_bytes', v2: 'memory.max' },
  pids: { v1: 'pids.max', v2: 'pids.max' },
} as const;

export type Controller = keyof typeof limitFiles;

/** Where cgroups with such a limit can be made: cgroup v1, or v2 with the controller handed down; null: nowhere. */
const placeFor = (controller: Controller): { path: string; limit: string } | null => {
  const { v1, v2 } = limitFiles[controller];
  if (existsSync(join(root, controller))) return { path: join(root, controller), limit: v1 };
  try {
    const handedDown = readFileSync(join(root, 'cgroup.subtree_control'), 'utf8');
    return handedDown.split(/\s/).includes(controller) ? { path: root, limit: v2 } : null;
  } catch {
    return null;
  }
};

export const hasController = (controller: Controller): boolean => placeFor(controller) !== null;

const isKillable = (path: string): boolean => {
  try {
    return readdirSync(path).some((name) => existsSync(join(path, name, 'cgroup.kill')));
  } catch {
    return false;
  }
};

/** Where cgroups of version 2 can be made that are frozen and killed as a whole (Linux 5.14); null: nowhere. */
export const unifiedRoot = (): string | null =>
  [root, join(root, 'unified')].find(isKillable) ?? null;

export interface Cgroup {
  readonly path: string;
  /** Who writes his pid to it is in it. */
  readonly procs: string;
}

/** What becomes of a process that is still there when a cgroup has to go. */
type Eviction = (pid: number, parent: string) => void;

const end: Eviction = (pid) => process.kill(pid, 'SIGKILL');

const moveOut: Eviction = (pid, parent) => writeFileSync(join(parent, 'cgroup.procs'), String(pid));

const isRemoved = (path: string): boolean => {
  try {
    rmdirSync(path);
    return true;
  } catch {
    // The kernel refuses while something is in it.
    return false;
  }
};

const evict = ({ path, procs }: Cgroup, eviction: Eviction): void => {
  for (const pid of readFileSync(procs, 'utf8').match(/\d+/g) ?? []) {
    try {
      eviction(Number(pid), dirname(path));
    } catch {
      // It ended by itself meanwhile.
    }
  }
};

const withCgroup = async <T>(
  path: string,
  prepare: (cgroup: Cgroup) => void,
  run: (cgroup: Cgroup) => Promise<T>,
  eviction: Eviction,
): Promise<T> => {
  const cgroup: Cgroup = { path, procs: join(path, 'cgroup.procs') };
  mkdirSync(path);
  try {
    prepare(cgroup);
    return await run(cgroup);
  } finally {
    await eventually(`the end of ${path}`, () => {
      evict(cgroup, eviction);
      return isRemoved(path) || undefined;
    });
  }
};

/**
 * Runs something with a cgroup that has a limit, bytes or processes. What is still in it then is killed where it may have
 * taken much memory, and otherwise goes on outside.
 * @throws Error where there is no such controller
 */
export const inLimitedCgroup = <T>(
  controller: Controller,
  name: string,
  limit: number,
  run: (cgroup: Cgroup) => Promise<T>,
): Promise<T> => {
  const place = placeFor(controller);
  if (!place) throw new Error(`there is no controller ${controller}`);
  const setLimit = ({ path }: Cgroup): void =>
    writeFileSync(join(path, place.limit), String(limit));
  const eviction = controller === 'memory' ? end : moveOut;
  return withCgroup(join(place.path, name), setLimit, run, eviction);
};

/** The same with a cgroup of version 2, which has no limit; it is thawed when it goes. */
export const inUnifiedCgroup = async <T>(
  name: string,
  run: (cgroup: Cgroup) => Promise<T>,
): Promise<T> => {
  const path = unifiedRoot();
  if (path === null) throw new Error('there is no cgroup v2');
  return withCgroup(join(path, name), () => undefined, run, moveOut);
};
