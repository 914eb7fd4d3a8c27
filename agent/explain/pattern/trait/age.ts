import { duration } from '../../../model/duration.ts';
import { oftenText } from '../chance.ts';
import { likenessOf } from '../likeness.ts';
import type { PastEnd } from '../past-end.ts';
import type { FindTrait } from './found.ts';

/** tmux knows in whole seconds when a session was made. */
const stepMs = 1000;

/** An age is as vague as the moment of its end. */
const ageOf = ({ death, vagueMs }: PastEnd): number | null =>
  death && vagueMs <= death.ageMs / 20 ? death.ageMs : null;

/** As old each time, in proportion: a limit of time, or something that fills up. What chance allows is in `likenessOf`. */
export const sameAge: FindTrait = (ends) => {
  const found = likenessOf(ends.map(ageOf), stepMs);
  if (!found) return null;
  const ms = (found.low + found.high) / 2;
  const often = oftenText(found.agreeing, found.all);
  return { kind: 'age', text: `${often} about ${duration(ms)} after it was started`, ms };
};
