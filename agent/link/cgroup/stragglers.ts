import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kernel } from '../../model/cgroup.ts';
import { parseProcStat } from '../../model/proc-stat.ts';
import { writeControl } from './control-file.ts';

/** A process that forks while it is moved leaves a child behind: looked for again so many times. */
const rounds = 3;

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It went in this moment.
    return '';
  }
};

const pidsIn = (group: string): number[] =>
  read(join(group, 'cgroup.procs')).split('\n').filter(Boolean).map(Number);

/** A process and all that came from it, among those given. */
const treeOf = (root: number, pids: readonly number[], { proc }: Kernel): number[] => {
  const parents = new Map(
    pids.map((pid) => [pid, parseProcStat(read(join(proc, String(pid), 'stat')))?.ppid ?? 0]),
  );
  const isBelow = (pid: number): boolean => {
    const seen = new Set<number>();
    for (let at = pid; at > 0 && !seen.has(at); at = parents.get(at) ?? 0) {
      if (at === root) return true;
      seen.add(at);
    }
    return false;
  };
  return pids.filter(isBelow);
};

/**
 * Moves a pane that did not begin in the cgroup of its session, and what it has started since, out of that of the
 * server. A child that has made itself independent of its parents meanwhile is not found.
 * @throws as write(2), where nothing may be moved
 */
export const moveTree = async (
  root: number,
  from: string,
  to: string,
  kernel: Kernel,
): Promise<void> => {
  for (let round = 0; round < rounds; round += 1) {
    const tree = treeOf(root, pidsIn(from), kernel);
    if (tree.length === 0) return;
    for (const pid of tree) {
      await writeControl(join(to, 'cgroup.procs'), String(pid)).catch((cause: unknown) => {
        if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
      });
    }
  }
};
