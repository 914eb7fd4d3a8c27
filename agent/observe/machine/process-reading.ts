import { type ProcStat, ticksPerSecond } from '../../model/proc-stat.ts';
import type { CpuTicks } from './host.ts';

const pageBytes = 4096;

/** All processes at one time, ms since the epoch. */
export interface ProcessReading {
  at: number;
  cpu: CpuTicks;
  processes: Map<number, ProcStat>;
}

export const residentBytes = ({ rssPages }: Pick<ProcStat, 'rssPages'>): number =>
  rssPages * pageBytes;

/** Clock ticks a process used between two readings; 0 when it is new. */
export const ticksOf = (stat: ProcStat, before: ProcessReading): number => {
  const earlier = before.processes.get(stat.pid);
  return earlier?.startTime === stat.startTime ? stat.cpuTicks - earlier.cpuTicks : 0;
};

/** Clock ticks between two readings as a fraction of one processor. */
export const shareOf = (ticks: number, before: ProcessReading, at: number): number => {
  if (ticks === 0 || at <= before.at) return 0;
  return Number((ticks / ticksPerSecond / ((at - before.at) / 1000)).toFixed(3));
};
