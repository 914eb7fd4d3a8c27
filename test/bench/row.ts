type Unit =
  | ('µs' | 'ms' | 's' | '/s' | 'MB' | 'bytes' | '%' | '% of a core')
  | ('messages' | 'changes' | 'incidents' | 'kills' | 'starts');

/** One line of the table. */
export interface Row {
  what: string;
  /** What it should at most be; null where nothing says it. */
  budget: number | null;
  measured: number;
  unit: Unit;
  /** How it was measured, where that is not plain. */
  note?: string;
}

/** Keeps three digits that say something. */
export const readable = (value: number): string => {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-GB');
  return String(Number(value.toPrecision(3)));
};

/** Less is better wherever there is a budget. */
export const isMissed = ({ budget, measured }: Row): boolean =>
  budget !== null && measured > budget;

export const verdict = (row: Row): string => {
  if (row.budget === null) return '';
  if (!isMissed(row)) return 'ok';
  return `missed by ${readable(row.measured - row.budget)} ${row.unit}`;
};

/** The row that gives the value at a share of sorted values: 0.5 is the median. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

export const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), 0);
