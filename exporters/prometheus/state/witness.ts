import * as v from 'valibot';
import { amount } from './fields.ts';

/** What we read of a WitnessStatus. */
export const witness = v.object({
  state: v.picklist(['sees', 'blind', 'absent']),
  realTime: v.nullable(v.boolean()),
  lost: amount,
});
