import { medianOf, type Points } from '../../model/series.ts';

/** A growth that goes on. */
export interface Trend {
  /** Where it has come to, as the last three points say. */
  value: number;
  /** By the second. */
  slope: number;
}

/** More points say no more and take longer: pairs grow with the square. */
const mostPoints = 24;

/** Theil-Sen: the median of the slopes of all pairs. Nearly a third of the points may lie anywhere. */
const slopeOf = ({ at, value }: Points): number => {
  const slopes: number[] = [];
  const step = Math.max(1, Math.ceil(at.length / mostPoints));
  // From the newest backwards, so that the newest is always one of them.
  for (let i = at.length - 1; i >= 0; i -= step) {
    for (let j = i - step; j >= 0; j -= step) {
      const seconds = ((at[i] ?? 0) - (at[j] ?? 0)) / 1000;
      slopes.push(((value[i] ?? 0) - (value[j] ?? 0)) / seconds);
    }
  }
  return medianOf(slopes);
};

const parts = 4;

/** Medians of the four quarters: steps and the teeth of a collector are in them, a single jump is not. */
const quartersOf = ({ value }: Points): number[] =>
  Array.from({ length: parts }, (_, i) =>
    medianOf(
      value.slice(
        Math.floor((i * value.length) / parts),
        Math.floor(((i + 1) * value.length) / parts),
      ),
    ),
  );

export const lastOf = ({ at, value }: Points, count: number): Points => ({
  at: at.slice(-count),
  value: value.slice(-count),
});

/**
 * The growth of these points, or null: it did not go on through all of them, or has come to its end. Growth that slows down
 * is taken at the pace of its newer half.
 * @param noise what counts as no growth
 */
export const trendOf = (points: Points, noise: number): Trend | null => {
  const quarters = quartersOf(points);
  const rises = quarters.slice(1).map((quarter, i) => quarter - (quarters[i] ?? 0));
  if (!rises.every((rise) => rise > noise)) return null;
  const whole = slopeOf(points);
  const newer = slopeOf(lastOf(points, Math.ceil(points.at.length / 2)));
  if (!(whole > 0) || !(newer > 0)) return null;
  return { value: medianOf(points.value.slice(-3)), slope: newer };
};
