import { join } from 'node:path';
import type { Kernel } from '../../model/cgroup.ts';
import type { UsageSample } from '../../model/events/measures.ts';
import { readGroup } from '../machine/cgroup/reading.ts';

export interface Measured {
  usage: UsageSample;
  cpuMicroseconds: number;
}

/** What a unit uses, by its cgroup; null: there is none, or its memory is not accounted for. */
export const measureGroup = (
  { cgroup: root }: Kernel,
  group: string | null,
  before: Measured | null,
  at: number,
): Measured | null => {
  const reading = group === null ? null : readGroup(join(root, group));
  if (!reading) return null;
  const { residentBytes: rssBytes, cpuMicroseconds, cgroup } = reading;
  const elapsed = before ? at - before.usage.at : 0;
  const used = before ? Math.max(0, cpuMicroseconds - before.cpuMicroseconds) / 1000 : 0;
  const cpu = elapsed > 0 ? Number((used / elapsed).toFixed(3)) : 0;
  const processes = cgroup.tasks ?? 0;
  return { usage: { at, rssBytes, cpu, processes, measured: 'exact', cgroup }, cpuMicroseconds };
};
