import type { NewEvent } from '../../../agent/model/event.ts';
import type { DeathRecord } from '../../../agent/model/events/death.ts';
import { death } from '../explain/sample-death.ts';
import { born, bot } from '../model/sample.ts';

/** The death of `bot`, of the incident 1. */
export const dies = (changes: Partial<DeathRecord> = {}, at = born): NewEvent => ({
  ...{ at, type: 'session.died' },
  data: death({ life: bot.life, session: 'bot', incident: '1', found: at, ...changes }),
});
