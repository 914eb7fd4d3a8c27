import { nearest } from '../../model/config/nearest.ts';

/** ` (did you mean "status"?)`, or nothing when no known word is near. */
export const didYouMean = (typed: string, known: readonly string[]): string => {
  const word = nearest(typed, known);
  return word === null ? '' : ` (did you mean "${word}"?)`;
};
