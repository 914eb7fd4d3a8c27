import * as v from 'valibot';
import type { RefreshHold } from '../../../agent/model/events/refresh.ts';
import { amount, number } from './fields.ts';

/** As the contract spells them. */
export const refreshHolds = ['gave-up', 'needs-person'] as const satisfies readonly RefreshHold[];

const lasted = v.nullable(v.object({ minMs: amount, medianMs: amount }));

/** What we read of a RefreshLine. */
export const refresh = v.object({
  login: v.nullable(v.object({ since: number })),
  dueAt: v.nullable(number),
  held: v.nullable(v.object({ reason: v.picklist(refreshHolds) })),
  counts: v.object({ done: amount, failed: amount, 'needs-person': amount }),
  lasted: v.object({ expired: lasted, renewed: lasted }),
});
