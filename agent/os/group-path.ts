import { join } from 'node:path';
import { type Kernel, unifiedPath } from '../model/cgroup.ts';
import { textOf } from './text-of.ts';

/** The path of a process in cgroup v2, from its root (cgroups(7)); null where it has none, or is gone. */
export const groupPathOf = (pid: number, { proc }: Kernel): string | null =>
  unifiedPath(textOf(join(proc, String(pid), 'cgroup')) ?? '');
