import type { Histogram } from '../counts.ts';

/** Counts one value; buckets are not cumulative here, the exporter makes them so. */
export const observe = (histogram: Histogram, value: number): Histogram => {
  const index = histogram.bounds.findIndex((bound) => value <= bound);
  return {
    bounds: histogram.bounds,
    buckets: histogram.buckets.map((count, i) => (i === index ? count + 1 : count)),
    sum: histogram.sum + value,
    count: histogram.count + 1,
  };
};
