import type { MeasuredDeath } from '../../../../agent/explain/preceded/session-memory.ts';
import type { MachinePoint } from '../../../../agent/model/events/measures.ts';

export const giga = 2 ** 30;
export const mega = 2 ** 20;

/** When the first of them is, ms since the epoch; they come every five seconds. */
const start = Date.UTC(2026, 0, 1);

const at = (i: number): number => start + 5000 * i;

/** A machine of two gigabytes, by how much of it is used at each time. */
export const machine = (
  used: readonly number[],
  more: Partial<MachinePoint> = {},
): MachinePoint[] =>
  used.map((bytes, i) => ({
    ...{ at: at(i), memoryTotalBytes: 2 * giga, memoryAvailableBytes: 2 * giga - bytes },
    ...{ cpuBusy: 0.1, pressure: { cpu: 1, memory: 0, io: 2 } },
    ...more,
  }));

/** A session, by how much it has at each time. */
export const session = (
  name: string,
  used: readonly number[],
  memoryMaxBytes: number | null = null,
): MeasuredDeath => ({
  session: name,
  usageBefore: used.map((rssBytes, i) => ({ at: at(i), rssBytes, cpu: 0 })),
  usage: {
    ...{ at: start, rssBytes: used.at(-1) ?? 0, cpu: 0, processes: 1, measured: 'exact' },
    cgroup: {
      ...{ memoryBytes: 0, anonBytes: 0, memoryMaxBytes, tasks: null },
      ...{ oomKills: 0, ownOoms: 0, unitOoms: 0 },
    },
  },
});
