import * as v from 'valibot';

/** JSON has no NaN, but `1e999` reads as Infinity. */
export const number = v.pipe(v.number(), v.finite());
export const amount = v.pipe(number, v.minValue(0));
export const tally = v.record(v.string(), amount);
