import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../e2e/sampled.ts';

const root = '/sys/fs/cgroup';

/** Where cgroups with a limit of memory can be made: cgroup v1, or v2 with the controller handed down. */
export const memoryController = (): { path: string; limit: string } | null => {
  if (existsSync(join(root, 'memory/memory.limit_in_bytes'))) {
    return { path: join(root, 'memory'), limit: 'memory.limit_in_bytes' };
  }
  try {
    const handedDown = readFileSync(join(root, 'cgroup.subtree_control'), 'utf8');
    return handedDown.split(/\s/).includes('memory') ? { path: root, limit: 'memory.max' } : null;
  } catch {
    return null;
  }
};

export interface MemoryCgroup {
  /** Who writes his pid to it is in it. */
  readonly procs: string;
  /** Kills what is still in it, and resolves when it is gone. */
  remove(): Promise<void>;
}

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
};

const isRemoved = (path: string): boolean => {
  try {
    rmdirSync(path);
    return true;
  } catch {
    // The kernel refuses while something is in it.
    return false;
  }
};

/** @throws Error where there is no such controller. */
export const makeMemoryCgroup = (name: string, limitBytes: number): MemoryCgroup => {
  const controller = memoryController();
  if (!controller) throw new Error('there is no memory controller');
  const path = join(controller.path, name);
  mkdirSync(path);
  writeFileSync(join(path, controller.limit), String(limitBytes));
  const procs = join(path, 'cgroup.procs');
  return {
    procs,
    remove: async () => {
      await eventually(`the end of all in ${path}`, () => {
        for (const pid of readFileSync(procs, 'utf8').match(/\d+/g) ?? []) kill(Number(pid));
        return isRemoved(path) || undefined;
      });
    },
  };
};
