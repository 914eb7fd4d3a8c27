/** A clock that is disciplined gains or loses less than this between two looks, ms. */
const leastMs = 60_000;

/** A machine that was asleep, or got its time late, does so once or twice. */
const maxJumps = 20;

/**
 * Notices when the clock of the machine was set forward, by one that never jumps, so that what waits does not grow old
 * by it: a machine may learn what time it is together with its network.
 * @param steady ms, of a clock that never jumps
 */
export const createJumps = (steady: () => number) => {
  let last: { at: number; steady: number } | null = null;
  let jumps: { from: number; by: number }[] = [];

  return {
    /** @param at ms since the epoch */
    look(at: number): void {
      const now = { at, steady: steady() };
      const by = last === null ? 0 : at - last.at - (now.steady - last.steady);
      if (last !== null && by >= leastMs) {
        jumps = [...jumps, { from: last.at, by }].slice(-maxJumps);
      }
      last = now;
    },
    /** How long ago `since` really was, ms; times as the clock had them then and has them now. */
    age: (since: number, at: number): number =>
      at - since - jumps.reduce((sum, { from, by }) => sum + (since <= from ? by : 0), 0),
  };
};
