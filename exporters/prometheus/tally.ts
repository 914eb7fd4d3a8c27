import type { Sample } from './family.ts';
import { labelValue } from './label.ts';

/** Label values of one counter; a document that holds more is damaged or hostile. */
const maxValues = 100;

/** Adds up by label value; what is past `maxValues` is counted together, so that the sum stays right. */
const bounded = (counts: Readonly<Record<string, number>>): Map<string, number> => {
  const byValue = new Map<string, number>();
  for (const key of Object.keys(counts).sort()) {
    const value = byValue.size < maxValues ? labelValue(key) : 'other';
    byValue.set(value, (byValue.get(value) ?? 0) + (counts[key] ?? 0));
  }
  return byValue;
};

/** One series per key of `counts`, sorted; the keys of `known` exist from the start, at 0. */
export const tally = (
  label: string,
  counts: Readonly<Record<string, number>>,
  known: readonly string[] = [],
): Sample[] => {
  const zeros = Object.fromEntries(known.map((key) => [key, 0]));
  return [...bounded({ ...zeros, ...counts })].map(([value, count]) => ({
    labels: { [label]: value },
    value: count,
  }));
};
