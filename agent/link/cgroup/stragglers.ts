import { join } from 'node:path';
import type { Kernel } from '../../model/cgroup.ts';
import { codeOf } from '../../model/failure.ts';
import { parseProcStat } from '../../model/proc-stat.ts';
import { childrenOf, treeOf } from '../../model/process-tree.ts';
import { textOf } from '../../os/text-of.ts';
import { writeControl } from './control-file.ts';

/** A process that forks while it is moved leaves a child behind: looked for again so many times. */
const rounds = 3;

const pidsIn = (group: string): number[] =>
  (textOf(join(group, 'cgroup.procs')) ?? '').split('\n').filter(Boolean).map(Number);

/** A process and all that came from it, as far as they are in that cgroup. */
const treeIn = (group: string, root: number, { proc }: Kernel): number[] => {
  const pids = pidsIn(group);
  const stats = pids.flatMap((pid) => {
    const stat = parseProcStat(textOf(join(proc, String(pid), 'stat')) ?? '');
    return stat === null ? [] : [stat];
  });
  const tree = treeOf([root], childrenOf(stats));
  return pids.filter((pid) => tree.has(pid));
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
    const tree = treeIn(from, root, kernel);
    if (tree.length === 0) return;
    for (const pid of tree) {
      await writeControl(join(to, 'cgroup.procs'), String(pid)).catch((cause: unknown) => {
        if (codeOf(cause) !== 'ESRCH') throw cause;
      });
    }
  }
};
