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
  const unit = textOf(join(dirname(group), 'memory.events.local'));
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
