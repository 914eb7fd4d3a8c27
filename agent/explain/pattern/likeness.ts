import { chanceOfMeeting, leastAgreeing, mostChance, neededOf } from './chance.ts';

/** A coefficient of variation of about 10 % at most: what is further apart is not called the same. */
const widest = 0.2;

/** The values from `low` to `high`, `agreeing` of `all`. */
export interface Likeness {
  low: number;
  high: number;
  agreeing: number;
  all: number;
}

/** Among sorted values the `size` that are closest together in proportion. */
const closest = (sorted: readonly number[], size: number): { low: number; high: number } | null => {
  let best: { low: number; high: number } | null = null;
  for (let i = 0; i + size <= sorted.length; i += 1) {
    const [low = 0, high = 0] = [sorted[i], sorted[i + size - 1]];
    if (best === null || (high - low) * best.high < (best.high - best.low) * high)
      best = { low, high };
  }
  return best;
};

/**
 * Whether at least 80 % of the amounts are alike in proportion. Of amounts that are spread evenly from 0 to wherever, all
 * but the greatest of a group are within `share` of it with a chance of share^(n-1); amounts that are spread as waiting
 * times, or over powers of ten, agree less often still. So three have to be within 5 % of each other, four within 13 %, and
 * no number is called alike beyond 20 %. (A coefficient of variation below 10 % alone would not do: three evenly spread
 * amounts have it 4 times in 100.)
 * @param amounts positive; null: not known, which agrees with nothing
 * @param step what they are measured in: equal amounts are no nearer than that
 * @param least how many have to agree
 */
export const likenessOf = (
  amounts: readonly (number | null)[],
  step: number,
  least = leastAgreeing,
): Likeness | null => {
  const all = amounts.length;
  const sorted = amounts.flatMap((one) => (one && one > 0 ? [one] : [])).sort((a, b) => a - b);
  for (let agreeing = sorted.length; agreeing >= neededOf(all, least); agreeing -= 1) {
    const found = closest(sorted, agreeing);
    if (!found || found.high - found.low > widest * found.high) continue;
    const share = Math.min(1, (found.high - found.low + step) / found.high);
    if (chanceOfMeeting(all, agreeing, share) <= mostChance) return { ...found, agreeing, all };
  }
  return null;
};
