import type { Pattern } from '../../model/pattern.ts';
import { plural } from '../../model/text/plural.ts';
import { shortened } from '../naming.ts';
import { ordinal, spanText } from './often.ts';
import type { LocalClock, PastEnd } from './past-end.ts';
import { preventionOf } from './prevention.ts';
import { isAlike, relatedTo } from './related.ts';
import { traitsOf } from './traits.ts';

/** More than these nobody takes in at a glance; all are in `traits`. */
const traitsInText = 3;

/** It is read on a phone, too. */
const maxText = 300;

const oftenText = (count: number, deaths: number, spanMs: number): string => {
  const among = deaths > count ? `, among ${plural(deaths, 'death')}` : '';
  return `${ordinal(count)} time in ${spanText(spanMs)}${among}`;
};

/**
 * How the same came about before. Null: it did not, within 30 days. That something happened twice is said as it is; what
 * the times have in common is claimed from three on, and only where chance does not explain it (`mostChance`).
 * @param history ends that came before `present` in the log, in any order
 */
export const patternOf = (
  present: PastEnd,
  history: readonly PastEnd[],
  clock: LocalClock,
): Pattern | null => {
  const related = relatedTo(present, history);
  const alike = [...related.filter((end) => isAlike(end, present)), present];
  const [first] = alike;
  if (!first || alike.length < 2) return null;
  const others = related.filter((end) => !isAlike(end, present));
  const traits = traitsOf(alike, others, clock).map(({ kind, text }) => ({ kind, text }));
  const deaths = related.filter(({ at }) => at >= first.at).length + 1;
  const often = oftenText(alike.length, deaths, present.at - first.at);
  const said = [often, ...traits.slice(0, traitsInText).map(({ text }) => text)];
  return {
    ...{ count: alike.length, since: first.at, sameCause: deaths === alike.length, traits },
    text: shortened(said.join(', '), maxText),
    prevention: preventionOf(present, traits),
  };
};
