import { cpus } from 'node:os';
import type { HostSample, Pressure } from '../../model/events/measures.ts';
import { resources, someAvg10 } from '../../os/pressure.ts';
import { readProc } from './procfs.ts';

const pressure = (): Pressure | null => {
  const [cpu, memory, io] = resources.map((resource) => someAvg10(resource));
  return cpu == null || memory == null || io == null ? null : { cpu, memory, io };
};

const memory = (): { memoryTotalBytes: number; memoryAvailableBytes: number } => {
  const text = readProc('meminfo') ?? '';
  const kilobytes = (key: string): number =>
    Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
  return {
    memoryTotalBytes: kilobytes('MemTotal') * 1024,
    memoryAvailableBytes: kilobytes('MemAvailable') * 1024,
  };
};

export interface CpuTicks {
  busy: number;
  total: number;
}

/** Ticks of all processors since boot (proc_stat(5)); waiting for a disk is not busy. */
export const cpuTicks = (): CpuTicks => {
  const line = (readProc('stat') ?? '').split('\n', 1)[0] ?? '';
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  const total = ticks.reduce((sum, value) => sum + value, 0);
  return { busy: total - (ticks[3] ?? 0) - (ticks[4] ?? 0), total };
};

const processors = cpus().length;

/** Everything about the machine but its processes. */
export const hostNow = (
  before: CpuTicks,
  now: CpuTicks,
  at: number,
): Omit<HostSample, 'processes'> => {
  const [one = 0, five = 0, fifteen = 0] = (readProc('loadavg') ?? '').split(' ').map(Number);
  const elapsed = now.total - before.total;
  return {
    at,
    load: [one, five, fifteen],
    ...memory(),
    cpuBusy: elapsed > 0 ? Number(((now.busy - before.busy) / elapsed).toFixed(3)) : 0,
    pressure: pressure(),
    processors,
  };
};
