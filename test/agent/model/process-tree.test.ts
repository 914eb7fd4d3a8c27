import t from 'tap';
import { childrenOf, treeOf } from '../../../agent/model/process-tree.ts';

t.test(
  'a tree is all that came from its roots, also where the kernel tells of a circle',
  async (t) => {
    const parents = [
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 0],
      [5, 6],
      [6, 5],
    ] as const;
    const children = childrenOf(parents.map(([pid, ppid]) => ({ pid, ppid })));
    t.same([...treeOf([2], children)], [2, 3]);
    t.same([...treeOf([1, 4], children)].sort(), [1, 2, 3, 4]);
    t.same([...treeOf([5], children)].sort(), [5, 6]);
    t.same([...treeOf([77], children)], [77]);
  },
);
