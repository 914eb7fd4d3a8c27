import { join } from 'node:path';
import { type Kernel, realKernel } from '../../model/cgroup.ts';
import { textOf } from '../../os/text-of.ts';
import { entry } from './cgroup/numbers.ts';

/** Of a file with such a line; null: it has none. */
const countIn = (text: string | null): number | null =>
  text !== null && /^oom_kill \d+$/m.test(text) ? entry(text, 'oom_kill') : null;

/**
 * How many processes the kernel has killed for want of memory since it started, whoever's limit it was. It counts before
 * it kills, and everybody may read it: /proc/vmstat is of the whole machine. In a container the root of its cgroups has
 * counts of its own (memory.events), which the root of a machine has not. Null: the kernel does not say.
 */
export const countOomKills = ({ proc, cgroup }: Kernel = realKernel): number | null =>
  countIn(textOf(join(cgroup, 'memory.events'))) ?? countIn(textOf(join(proc, 'vmstat')));
