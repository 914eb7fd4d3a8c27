/** The monotonic clock, which the kernel's records have too, ms with fractions. */
export const monotonicNow = (): number => Number(process.hrtime.bigint()) / 1e6;

/** What the clock on the wall showed, ms since the epoch, as far as it can be told now. */
export const wallOf = (at: number): number =>
  Number((Date.now() - (monotonicNow() - at)).toFixed(3));

/** The monotonic clock at a time of the one on the wall, as far as it can be told now. */
export const monotonicOf = (at: number): number => monotonicNow() - (Date.now() - at);
