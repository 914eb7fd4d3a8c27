import type { TelegramStatus } from '../../../agent/model/status/notifier-status.ts';
import type { TelegramApi } from './api/api.ts';
import { createBot } from './bot/bot.ts';
import { createConfirmations } from './bot/confirmations.ts';
import type { BotContext } from './bot/context.ts';
import { withTimeLimit } from './bot/time-limit.ts';
import { createLogins, type Logins } from './login/logins.ts';
import { createTakenBack } from './login/taken-back.ts';
import { openMemory } from './memory.ts';
import type { TelegramOptions } from './options.ts';
import { createGreetings } from './pairing/greetings.ts';
import { createPairing, type Pairing } from './pairing/pairing.ts';
import type { People } from './pairing/people.ts';
import { createPolling } from './polling/polling.ts';
import { createTaskPool } from './polling/task-pool.ts';
import { createReceive } from './receive.ts';

export interface ConversationsOptions extends TelegramOptions {
  api: TelegramApi;
  people: People;
  /** Somebody came, or went. */
  onPeople(): void;
}

/** Those who write to the bot: who they are, and what they are answered. */
export interface Conversations {
  start(): void;
  /** Within about a second; where a login is shown, some seconds. */
  stop(): Promise<void>;
  pairing: Pick<Pairing, 'begin' | 'list' | 'remove'>;
  status(): TelegramStatus;
}

const contextOf = (options: TelegramOptions, logins: Logins): BotContext => ({
  logins,
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

  const logins = createLogins({
    ...{ agent: options.agent, api, now, say, times: options.loginTimes },
    takenBack: createTakenBack({ api, memory, say }),
  });

  const polling = createPolling({
    ...{ api, memory, botId: api.botId, apiRoot: settings.apiRoot, now, say },
    handle: (update) => tasks.run(() => receive(update)),
    ...{ pollSeconds: options.pollSeconds, waits: options.waits },
  });
  const botName = (): string => polling.state.bot;
  const pairing = createPairing({
    ...{ people, memory, now, record: options.record },
    ...{ onPeople: options.onPeople, bot: botName },
  });
  const bot = createBot({ api, signal, name: botName, context: contextOf(options, logins) });
  const receive = createReceive({ people, pairing, bot, greetings, say });

  return {
    start: () => {
      polling.start();
      logins.start();
      for (const { chat } of people.list()) void greetings.showMenu(chat);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([polling.stop(), logins.stop()]);
      await tasks.drain();
    },
    pairing: {
      begin: pairing.begin,
      list: pairing.list,
      remove: (user) => {
        const removed = pairing.remove(user);
        logins.end(user);
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
