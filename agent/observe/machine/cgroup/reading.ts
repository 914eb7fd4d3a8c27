import { join } from 'node:path';
import type { CgroupSample } from '../../../model/events/measures.ts';
import { textOf } from '../../../os/text-of.ts';
import { amount, entry } from './numbers.ts';
import { readOoms } from './ooms.ts';

/** What a measure finds in a cgroup; `residentBytes` is what its processes have in memory, nothing counted twice. */
export interface GroupReading {
  residentBytes: number;
  /** Processor time since the group was made, microseconds. */
  cpuMicroseconds: number;
  cgroup: CgroupSample;
}

/** Null where the group is gone, or its memory is not accounted for. */
export const readGroup = (group: string): GroupReading | null => {
  const ooms = readOoms(group);
  const memoryBytes = amount(textOf(join(group, 'memory.current')));
  const stat = textOf(join(group, 'memory.stat'));
  if (ooms === null || memoryBytes === null || stat === null) return null;
  const anonBytes = entry(stat, 'anon');
  return {
    residentBytes: anonBytes + entry(stat, 'file_mapped'),
    cpuMicroseconds: entry(textOf(join(group, 'cpu.stat')), 'usage_usec'),
    cgroup: {
      memoryBytes,
      anonBytes,
      memoryMaxBytes: amount(textOf(join(group, 'memory.max'))),
      tasks: amount(textOf(join(group, 'pids.current'))),
      ...ooms,
    },
  };
};
