import { leastAgreeing, neededOf, oftenText } from '../chance.ts';
import { killerKey, killerText } from '../killer.ts';
import type { FindTrait } from './found.ts';

/**
 * Who did it is the verdict of each time and is not concluded from the others, so there is no chance to rule out: three
 * times the same command, run by the same, is counted as it is. It says no more than those verdicts.
 */
export const sameKiller: FindTrait = (ends) => {
  const actor = ends.at(-1)?.actor;
  if (!actor) return null;
  const key = killerKey(actor);
  const same = ends.filter((end) => end.actor && killerKey(end.actor) === key);
  if (same.length < neededOf(ends.length, leastAgreeing)) return null;
  const by = same.every(({ certain }) => certain) ? 'by' : 'likely by';
  const often = oftenText(same.length, ends.length);
  return { kind: 'killer', text: `${often} ${by} ${killerText(actor)}` };
};
