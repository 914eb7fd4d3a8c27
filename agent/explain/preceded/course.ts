/** A measure at a time, ms since the epoch. */
export interface Measure {
  at: number;
  value: number;
}

/** How far a measure came up, and how long that took, ms. */
export interface Rise {
  from: number;
  to: number;
  overMs: number;
}

/** From the lowest before the highest up to that; what fell again afterwards had risen all the same. Null: nothing was measured. */
export const riseOf = (measures: readonly Measure[]): Rise | null => {
  const [first, ...rest] = measures;
  if (!first) return null;
  const highest = rest.reduce((most, one) => (one.value > most.value ? one : most), first);
  const before = measures.slice(0, measures.indexOf(highest) + 1);
  const lowest = before.reduce((least, one) => (one.value <= least.value ? one : least), first);
  return { from: lowest.value, to: highest.value, overMs: Math.max(0, highest.at - lowest.at) };
};

/** ` in 45 s`; what has come between two measures took less than is known. */
export const inTime = (ms: number): string => ` in ${Math.max(1, Math.round(ms / 1000))} s`;
