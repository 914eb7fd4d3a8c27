import { chanceOfBeing, chanceOfMeeting, leastAgreeing, mostChance, neededOf } from './chance.ts';

const countBy = (keys: readonly (string | null)[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

/** How common something is besides: as assumed, and as seen at other ends, each of which counts for as much as it is. */
const shareBesides = (has: number, others: number, assumed: number): number =>
  Math.min(1, (has + 1) / (others + 1 / assumed));

export interface Sameness {
  key: string;
  agreeing: number;
  all: number;
}

/**
 * The key that at least 80 % have, where chance does not explain it.
 * @param keys null: not known
 * @param others keys of ends that came about in another way: what is common there as well tells nothing
 * @param assumed how common a key is, 0 to 1, before anything was seen
 */
export const samenessOf = (
  keys: readonly (string | null)[],
  others: readonly (string | null)[],
  assumed: number,
): Sameness | null => {
  const all = keys.length;
  const [most] = [...countBy(keys)].sort(([, a], [, b]) => b - a);
  if (!most || most[1] < neededOf(all)) return null;
  const [key, agreeing] = most;
  const known = others.filter((other) => other !== null);
  const has = known.filter((other) => other === key).length;
  const share = shareBesides(has, known.length, assumed);
  return chanceOfMeeting(all, agreeing, share) <= mostChance ? { key, agreeing, all } : null;
};

/** How many are so, where chance does not explain it; the arguments are those of `samenessOf`. */
export const oftenSo = (
  are: readonly (boolean | null)[],
  others: readonly (boolean | null)[],
  assumed: number,
): { agreeing: number; all: number } | null => {
  const all = are.length;
  const agreeing = are.filter((one) => one === true).length;
  if (agreeing < neededOf(all, leastAgreeing)) return null;
  const known = others.filter((other) => other !== null);
  const share = shareBesides(known.filter(Boolean).length, known.length, assumed);
  return chanceOfBeing(all, agreeing, share) <= mostChance ? { agreeing, all } : null;
};
