import { oftenText } from '../chance.ts';
import type { PastEnd } from '../past-end.ts';
import { oftenSo } from '../sameness.ts';
import type { FindTrait } from './found.ts';

/** So little of the machine's memory is free that something has to give, 0 to 1. */
const little = 0.1;

const isShort = ({ death }: PastEnd): boolean | null =>
  death?.memoryFree == null ? null : death.memoryFree < little;

/**
 * Hardly any memory was free on the machine. Of free shares spread evenly a tenth is below a tenth, so three are once in
 * 1000 histories; on a machine that is as short at ends of another kind it is claimed later or not at all.
 */
export const shortOfMemory: FindTrait = (ends, others) => {
  const found = oftenSo(ends.map(isShort), others.map(isShort), little);
  if (!found) return null;
  const often = oftenText(found.agreeing, found.all);
  return { kind: 'memory', text: `${often} with less than 10 % of the machine's memory free` };
};
