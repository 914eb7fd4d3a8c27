import { readdirSync, readFileSync } from 'node:fs';

/** Fixed by the kernel's interface for every process to see (sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;

const read = (path: string): string => {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
};

interface Use {
  pid: number;
  parent: number;
  /** Its own processor time and that of its children that ended. */
  ticks: number;
}

/** Fields of proc_pid_stat(5) behind the name: 4 parent, 14 to 17 utime, stime, cutime, cstime. */
const useOf = (pid: number): Use | null => {
  const stat = read(`${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 15) return null;
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { pid, parent: Number(fields[1]), ticks };
};

const everyUse = (): Use[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => useOf(Number(name)))
    .filter((use) => use !== null);

/** A process and all that came from it and still runs. */
const treeOf = (root: number, uses: readonly Use[]): Use[] => {
  const children = uses.filter(({ parent }) => parent === root);
  const own = uses.filter(({ pid }) => pid === root);
  return [...own, ...children.flatMap(({ pid }) => treeOf(pid, uses))];
};

/** Processor seconds of a process, its children, those that ended included, and theirs. */
export const treeSeconds = (root: number): number =>
  treeOf(root, everyUse()).reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerSecond;

/** Processor seconds of one process alone, without its children. */
export const ownSeconds = (pid: number): number => {
  const stat = read(`${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};

const kilobytes = (text: string, key: string): number =>
  Number(new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0);

const megabyte = 1e6;

/** Anonymous memory, in MB of a million bytes. */
export const anonymousMb = (pid: number): number =>
  (kilobytes(read(`${pid}/status`), 'RssAnon') * 1024) / megabyte;

/** The process's share of all memory it uses with others, and all its own. MB. */
export const proportionalMb = (pid: number): number =>
  (kilobytes(read(`${pid}/smaps_rollup`), 'Pss') * 1024) / megabyte;

/** How long tasks have waited for a processor since boot, seconds; null where the kernel has no PSI. */
export const waitedSeconds = (): number | null => {
  const total = /^some .*total=(\d+)/m.exec(read('pressure/cpu'))?.[1];
  return total === undefined ? null : Number(total) / 1e6;
};
