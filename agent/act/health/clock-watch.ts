/** Two clocks differ by less between two looks, ms. */
const driftMs = 5000;

/**
 * Notices that the clock of the day was set, or that the machine slept: what seems to have taken long then took no time.
 * @param now ms since the epoch
 * @param tick ms, of a clock that never jumps and stands while the machine sleeps
 */
export const createClockWatch = (now: () => number, tick: () => number) => {
  let between = now() - tick();
  let setAt = 0;
  return {
    look(): void {
      const apart = now() - tick();
      if (Math.abs(apart - between) > driftMs) setAt = now();
      between = apart;
    },
    /** ms since the epoch; 0: never. */
    setAt: (): number => setAt,
  };
};
