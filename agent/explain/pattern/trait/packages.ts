import { oftenText } from '../chance.ts';
import { oftenSo } from '../sameness.ts';
import type { FindTrait } from './found.ts';

/** Packages are changed, or just were, in less of the time than this, 0 to 1: an hour a day. */
const seldom = 1 / 24;

/**
 * Packages had been changed within the minute before. At moments that have nothing to do with it three times once in 13 000
 * histories; where it was so at ends of another kind too it is claimed later or not at all.
 */
export const afterPackages: FindTrait = (ends, others) => {
  const found = oftenSo(
    ends.map((end) => end.afterPackages),
    others.map((end) => end.afterPackages),
    seldom,
  );
  if (!found) return null;
  const often = oftenText(found.agreeing, found.all);
  return { kind: 'packages', text: `${often} just after packages were changed` };
};
