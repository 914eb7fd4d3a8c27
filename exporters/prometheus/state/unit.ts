import * as v from 'valibot';
import { healthStatuses } from '../../../agent/model/health.ts';
import type { UnitLine } from '../../../agent/model/status/unit-line.ts';
import { bot } from './bot.ts';
import { amount, number } from './fields.ts';
import { refresh } from './refresh.ts';

/** As the contract spells them. */
export const unitStatuses = [
  'unknown',
  'up',
  'restarting',
  'stopped',
  'failed',
  'missing',
] as const satisfies readonly UnitLine['status'][];

/** What we read of a UnitLine. */
export const unit = v.object({
  name: v.string(),
  unit: v.string(),
  status: v.picklist(unitStatuses),
  startedAt: v.nullable(number),
  deaths: amount,
  restarts: v.nullable(amount),
  healthRestarts: amount,
  breaker: v.picklist(['closed', 'half-open', 'open']),
  rssBytes: v.nullable(amount),
  cpu: v.nullable(amount),
  bots: v.array(bot),
  health: v.nullable(v.object({ status: v.picklist(healthStatuses) })),
  refresh: v.nullish(refresh),
});
