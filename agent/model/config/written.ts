import { parseDuration, parseSize } from './quantities.ts';

/** A duration that the schema has let through, ms. */
export const durationOf = (text: string): number => parseDuration(text) ?? Number.NaN;

/** A size that the schema has let through, bytes; null where none was written. */
export const sizeOf = (text: string | undefined): number | null =>
  text === undefined ? null : (parseSize(text) ?? Number.NaN);
