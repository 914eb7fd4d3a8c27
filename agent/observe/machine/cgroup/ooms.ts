import { dirname, join } from 'node:path';
import type { OomCounts } from '../../../explain/gather.ts';
import { type Kernel, realKernel } from '../../../model/cgroup.ts';
import type { Life } from '../../../model/state.ts';
import { textOf } from '../../../os/text-of.ts';
import { groupBeside } from './find.ts';
import { entry } from './numbers.ts';

/** Null where the memory of the group is not accounted for. */
export const readOoms = (group: string): OomCounts | null => {
  const own = textOf(join(group, 'memory.events'));
  if (own === null) return null;
  // Limits above it: of the unit, and of the slice that holds those of all owners.
  const above = [dirname(group), dirname(dirname(group))];
  const oomsIn = (directory: string): number =>
    entry(textOf(join(directory, 'memory.events.local')), 'oom');
  return {
    oomKills: entry(own, 'oom_kill'),
    ownOoms: entry(own, 'oom'),
    unitOoms: above.reduce((sum, directory) => sum + oomsIn(directory), 0),
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
