import * as v from 'valibot';
import type { BotStatus } from '../../../agent/model/status/bot-status.ts';
import { amount, number, tally } from './fields.ts';

/** As the contract spells them. */
export const botStates = [
  'connecting',
  'needs-login',
  'ready',
  'degraded',
  'disconnected',
  'logged-out',
  'lost',
  'unknown',
] as const satisfies readonly BotStatus['state'][];

export const botNeeds = ['qr', 'code', 'login'] as const satisfies readonly BotStatus['needs'][];

/** What we read of a BotStatus. */
export const bot = v.object({
  bot: v.string(),
  state: v.picklist(botStates),
  changes: v.optional(amount),
  needs: v.exactOptional(v.nullable(v.picklist(botNeeds))),
  heardAt: v.nullable(number),
  startedAt: v.nullable(number),
  in: v.nullable(v.object({ count: amount, lastAt: v.nullable(number) })),
  out: v.nullable(v.object({ count: amount, lastAt: v.nullable(number) })),
  reconnects: v.nullable(amount),
  errors: v.nullable(amount),
  login: v.nullable(
    v.object({
      createdAt: v.nullable(number),
      refreshedAt: v.nullable(number),
      expiresAt: v.nullable(number),
    }),
  ),
});

export const heartbeats = v.object({ beats: amount, refused: tally });
