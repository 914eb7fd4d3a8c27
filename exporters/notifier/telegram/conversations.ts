import { messageOf } from '../../../agent/model/failure.ts';
import type { TelegramStatus } from '../../../agent/model/notifier-status.ts';
import type { TelegramApi } from './api/api.ts';
import { createBot } from './bot/bot.ts';
import { createConfirmations } from './bot/confirmations.ts';
import type { BotContext } from './bot/context.ts';
import { withTimeLimit } from './bot/time-limit.ts';
import { openMemory } from './memory.ts';
import type { TelegramOptions } from './options.ts';
import { createGreetings } from './pairing/greetings.ts';
import { createPairing, type Pairing } from './pairing/pairing.ts';
import type { People } from './pairing/people.ts';
import { createPolling } from './polling/polling.ts';
import { createTaskPool } from './polling/task-pool.ts';
import { readUpdate } from './polling/update.ts';

export interface ConversationsOptions extends TelegramOptions {
  api: TelegramApi;
  people: People;
  /** Somebody came, or went. */
  onPeople(): void;
}

/** Those who write to the bot: who they are, and what they are answered. */
export interface Conversations {
  start(): void;
  /** Within about a second. */
  stop(): Promise<void>;
  pairing: Pick<Pairing, 'begin' | 'list' | 'remove'>;
  status(): TelegramStatus;
}

/** The number of the bot, which is public. */
const idIn = (token: string): string => token.split(':')[0] ?? '';

const contextOf = (options: TelegramOptions): BotContext => ({
  agent: withTimeLimit(options.agent),
  ...{ host: options.host, now: options.now, say: options.say },
  ...{ screens: options.settings.screens, picture: options.picture },
  confirmations: createConfirmations(options.now),
  pictures: { making: new Set(), sending: new Map() },
});

export const createConversations = (options: ConversationsOptions): Conversations => {
  const { api, people, settings, now, say, host } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const memory = openMemory(options.db);
  const tasks = createTaskPool(signal);
  const greetings = createGreetings({ api, host, say, signal });

  const polling = createPolling({
    ...{ api, memory, botId: idIn(options.token), apiRoot: settings.apiRoot, now, say },
    handle: (update) => tasks.run(() => handle(update)),
    ...{ seconds: options.pollSeconds, waits: options.waits },
  });
  const botName = (): string => polling.state.bot;
  const pairing = createPairing({
    ...{ people, memory, now, record: options.record },
    ...{ changed: options.onPeople, bot: botName },
  });
  const bot = createBot({ api, signal, name: botName, context: contextOf(options) });

  /** Never throws. */
  const handle = async (update: unknown): Promise<void> => {
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

  return {
    start: () => {
      polling.start();
      for (const { chat } of people.list()) void greetings.showMenu(chat);
    },
    stop: async () => {
      stopping.abort();
      await polling.stop();
      await tasks.drain();
    },
    pairing: {
      begin: pairing.begin,
      list: pairing.list,
      remove: (user) => {
        const removed = pairing.remove(user);
        void greetings.takeLeave(removed.chat);
        return removed;
      },
    },
    status: () => ({
      ...polling.state,
      paired: people.list().length,
      strangers: pairing.strangers,
    }),
  };
};
