/** The monotonic clock, which the kernel's records have too, ms with fractions. */
export const monotonicNow = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Clocks that were looked at within this time were looked at together, ms; mostly it is a thousandth of that. */
const togetherMs = 0.2;

/** So often it is tried: whoever is kept from a processor between two looks has to look again. */
const mostTries = 20;

/**
 * The clock on the wall by the monotonic one. What two records are apart must not change on the way, or their order does:
 * so it is measured as `Date.now()` goes on, where it is exact, and kept until somebody has set the clock.
 * @param wall in whole ms, rounded down
 */
export const createOffset = (wall: () => number = Date.now, monotonic = monotonicNow) => {
  let offset = Number.NaN;

  const measure = (): number => {
    let before = wall();
    let last = monotonic();
    for (let tries = 0; ; ) {
      const from = monotonic();
      const now = wall();
      const until = monotonic();
      if (now !== before) {
        tries += 1;
        if (until - last < togetherMs || tries === mostTries) return now - until;
      }
      before = now;
      last = from;
    }
  };

  const isStill = (): boolean => {
    const from = monotonic();
    const now = wall();
    const until = monotonic();
    if (until - from >= togetherMs) return true;
    const behind = offset - (now - until);
    return behind > -togetherMs && behind < 1 + togetherMs;
  };

  /** What is to be added to the monotonic clock for ms since the epoch. */
  return (): number => {
    if (Number.isNaN(offset) || !isStill()) offset = measure();
    return offset;
  };
};

const offset = createOffset();

/** What the clock on the wall showed, ms since the epoch, as far as it can be told now. */
export const wallOf = (at: number): number => Number((at + offset()).toFixed(3));

/** The monotonic clock at a time of the one on the wall, as far as it can be told now. */
export const monotonicOf = (at: number): number => at - offset();
