import { oftenText } from '../chance.ts';
import { likenessOf } from '../likeness.ts';
import type { PastEnd } from '../past-end.ts';
import type { FindTrait } from './found.ts';

const linesOf = ({ death }: PastEnd): number | null => death?.historyLines ?? null;

/**
 * A full history says only that it is full. tmux keeps `history-limit` lines, 2000 unless told otherwise, and drops a
 * tenth when they are reached, so a full one has between 90 and 100 % of them, each time.
 */
const usualLimit = 2000;
const leftWhenFull = 0.9;

/** Whether these cannot be full: a longer one was seen, or no limit is so low. */
const isBelowLimit = (high: number, ends: readonly PastEnd[]): boolean =>
  high < usualLimit * leftWhenFull || ends.some((end) => (linesOf(end) ?? 0) * leftWhenFull > high);

/** After as many lines each time, in proportion (`likenessOf`), where they are no full history. */
export const sameOutput: FindTrait = (ends, others) => {
  const found = likenessOf(ends.map(linesOf), 1);
  if (!found || !isBelowLimit(found.high, [...ends, ...others])) return null;
  const lines = Math.round((found.low + found.high) / 2);
  const often = oftenText(found.agreeing, found.all);
  return { kind: 'output', text: `${often} at about ${lines} lines of output` };
};
