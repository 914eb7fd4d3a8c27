import { recentMs } from './recent.ts';

/** Measures over hours in little memory: medians of minutes, and of five minutes. Oldest first; `at` in ms since the epoch. */
export interface Series {
  /** When the first measure came. */
  since: number;
  /** The minute that goes on, and its measures. */
  minute: number;
  open: number[];
  /** Medians of the last half hour. */
  minutes: Points;
  /** Medians of five minutes, of the last six hours. */
  fives: Points;
}

/** Two arrays of numbers take a quarter of what an array of objects takes. */
export interface Points {
  at: number[];
  value: number[];
}

const minuteMs = recentMs;
const keptMinutes = 30;
const keptFives = 72;
/** Young lives are measured more often than every five seconds. */
const mostOpen = 30;
/** After so long without a measure, as when the machine slept, all begins anew, ms. */
const gapMs = 30 * minuteMs;

export const emptySeries = (): Series => ({
  since: 0,
  minute: 0,
  open: [],
  minutes: { at: [], value: [] },
  fives: { at: [], value: [] },
});

/** Of no values it is NaN. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
};

/** As `medianOf`, but of an even number the lower of the two in the middle: one that was measured. */
export const lowerMedianOf = (values: readonly number[]): number => {
  const sorted = Float64Array.from(values).sort();
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
};

const push = ({ at, value }: Points, time: number, median: number, most: number): void => {
  at.push(time);
  value.push(median);
  if (at.length > most) {
    at.shift();
    value.shift();
  }
};

const closeMinute = (series: Series): void => {
  const { minutes, fives, minute } = series;
  push(minutes, minute * minuteMs, medianOf(series.open), keptMinutes);
  if (minute % 5 === 4) {
    const from = minutes.at.findIndex((at) => at > (minute - 5) * minuteMs);
    push(fives, (minute - 2) * minuteMs, medianOf(minutes.value.slice(from)), keptFives);
  }
};

/** True when a minute has closed: there is something new to look at. */
export const addMeasure = (series: Series, at: number, value: number): boolean => {
  const minute = Math.floor(at / minuteMs);
  const apart = (minute - series.minute) * minuteMs;
  // A clock that was set back, or a long sleep: what was before says nothing.
  const anew = series.since === 0 || apart < 0 || apart > gapMs;
  if (anew) Object.assign(series, emptySeries(), { since: at, minute });
  const closes = minute > series.minute;
  if (closes) {
    closeMinute(series);
    series.open = [];
    series.minute = minute;
  }
  if (series.open.length < mostOpen) series.open.push(value);
  return closes;
};
