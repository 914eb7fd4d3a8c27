import type { ProcStat } from './proc-stat.ts';

/** The pids of the children of each process that has any. */
export const childrenOf = (
  processes: Iterable<Pick<ProcStat, 'pid' | 'ppid'>>,
): Map<number, number[]> => {
  const children = new Map<number, number[]>();
  for (const { pid, ppid } of processes) {
    const siblings = children.get(ppid);
    if (siblings) siblings.push(pid);
    else children.set(ppid, [pid]);
  }
  return children;
};

/** Processes and all that came from them. */
export const treeOf = (
  roots: readonly number[],
  children: ReadonlyMap<number, readonly number[]>,
): Set<number> => {
  const tree = new Set<number>();
  const waiting = [...roots];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (tree.has(pid)) continue;
    tree.add(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return tree;
};
