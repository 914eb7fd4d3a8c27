import type { Kernel } from '../../../model/cgroup.ts';
import type { Life } from '../../../model/state.ts';
import { ownGroup } from './find.ts';
import { type GroupReading, readGroup } from './reading.ts';

/** So many sessions are read before others have their turn: a death must not wait for a sample. */
const perTurn = 10;

/** A measure of a session's cgroup. */
export interface GroupUse extends GroupReading {
  /** Fraction of one processor since the measure before; 0 at the first. */
  cpu: number;
}

/** Measures the sessions that have a cgroup of their own; keeps what the next measure needs. */
export const createGroupReader = (kernel: Kernel) => {
  let before = new Map<string, { at: number; cpuMicroseconds: number }>();

  const shareOf = (life: string, { cpuMicroseconds }: GroupReading, at: number): number => {
    const earlier = before.get(life);
    if (!earlier || at <= earlier.at) return 0;
    const used = Math.max(0, cpuMicroseconds - earlier.cpuMicroseconds) / 1000;
    return Number((used / (at - earlier.at)).toFixed(3));
  };

  /** By life. @param at ms since the epoch */
  return async (lives: readonly Life[], at: number): Promise<Map<string, GroupUse>> => {
    const found = new Map<string, GroupUse>();
    for (const [i, life] of lives.entries()) {
      if (i > 0 && i % perTurn === 0) await new Promise((resolve) => setImmediate(resolve));
      const group = ownGroup(life, kernel);
      const reading = group === null ? null : readGroup(group);
      if (reading) found.set(life.life, { ...reading, cpu: shareOf(life.life, reading, at) });
    }
    before = new Map(
      [...found].map(([life, { cpuMicroseconds }]) => [life, { at, cpuMicroseconds }]),
    );
    return found;
  };
};
