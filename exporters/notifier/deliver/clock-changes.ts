import { createJumps } from './jumps.ts';
import type { PumpPorts } from './pump-ports.ts';

/** Looks at the clock of the machine before each turn: that it was set makes nothing wait longer, and nothing grow old. */
export const createClockChanges = (channel: string, { outbox, steady }: PumpPorts) => {
  const jumps = createJumps(steady);
  let seen: number | null = null;

  return {
    /** @param at ms since the epoch. @throws where the disk does not take it */
    look(at: number): void {
      // What the last run stored tells how far its clock had come.
      seen ??= Math.max(outbox.channels.of(channel).last_sent_at ?? 0, outbox.latest(channel));
      jumps.look(at);
      if (at < seen) outbox.clockSetBack(channel, seen - at, at);
      seen = at;
    },
    age: jumps.age,
  };
};
