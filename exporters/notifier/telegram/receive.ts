import { messageOf } from '../../../agent/model/failure.ts';
import type { Say } from '../process-log.ts';
import type { Bot } from './bot/bot.ts';
import type { Greetings } from './pairing/greetings.ts';
import type { Pairing } from './pairing/pairing.ts';
import type { People } from './pairing/people.ts';
import { readUpdate } from './polling/update.ts';

export interface ReceivePorts {
  people: Pick<People, 'find'>;
  pairing: Pick<Pairing, 'meet'>;
  bot: Bot;
  greetings: Pick<Greetings, 'welcome'>;
  say: Say;
}

/**
 * What becomes of one update, of any shape and from anybody: who is paired is answered, who gives the code is made
 * welcome, everybody else is met with silence. It never throws.
 */
export const createReceive =
  ({ people, pairing, bot, greetings, say }: ReceivePorts) =>
  async (update: unknown): Promise<void> => {
    try {
      const asked = readUpdate(update);
      if (asked === null) return;
      const person = people.find(asked.remote.user);
      if (person) return await bot.handle(asked, person);
      const met = pairing.meet(asked);
      if (met) await greetings.welcome(met.chat);
    } catch (error) {
      say('error', 'an update could not be handled', { error: messageOf(error) });
    }
  };
