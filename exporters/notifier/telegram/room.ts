import type { DatabaseSync } from 'node:sqlite';
import type { TelegramConfig } from '../../../agent/model/config/config.ts';
import { messageOf } from '../../../agent/model/failure.ts';
import type { TelegramStatus } from '../../../agent/model/notifier-status.ts';
import type {
  LiveScreen,
  NotifierEvent,
  PairedPerson,
  PairingCode,
} from '../../../agent/protocol/notifier.ts';
import type { Agent } from '../agent/line.ts';
import type { Channel } from '../channel.ts';
import type { Say } from '../process-log.ts';
import { type ApiOptions, openApi } from './api/api.ts';
import { createBot } from './bot/bot.ts';
import { createConfirmations } from './bot/confirmations.ts';
import { patient } from './bot/desk.ts';
import { createTelegramChannel } from './channel.ts';
import { menu } from './command/help.ts';
import { openMemory } from './memory.ts';
import { post } from './message.ts';
import { createPairing } from './pairing/pairing.ts';
import { openPeople, type Person } from './pairing/people.ts';
import { createPolling, type PollWaits } from './poll.ts';
import { pairingTexts } from './texts.ts';
import { createTurnstile } from './turnstile.ts';
import { readUpdate } from './update.ts';

export interface TelegramOptions {
  token: string;
  settings: TelegramConfig;
  /** The notifier's; the tables of this folder begin with `telegram_`. */
  db: DatabaseSync;
  agent: Agent;
  now(): number;
  say: Say;
  record(events: NotifierEvent[]): void;
  /** A screen as PNG. */
  picture(screen: LiveScreen): Promise<Uint8Array>;
  /** The machine's name. */
  host: string;
  /** Where alerts go now, at the start and after each change: for who tells them when the notifier cannot. */
  peopleChanged(chats: string[]): void;
  /** For tests: how long calls may take, a long poll lasts, and what failed waits. */
  limits?: Pick<ApiOptions, 'callSeconds' | 'pollSeconds' | 'gapMs'>;
  pollSeconds?: number;
  waits?: PollWaits;
}

/** Telegram: its channels, those who ask there, and the loop that hears them. */
export interface Telegram {
  /** One for each person; the same object for as long as he is paired. */
  channels(): Channel[];
  /** Called when `channels` gives others than before. */
  onChannels(listener: () => void): void;
  start(): void;
  /** Within about a second. */
  stop(): Promise<void>;
  pairing: {
    begin(): PairingCode;
    list(): PairedPerson[];
    /** @throws RequestFailure `unknown-person` */
    remove(user: string): PairedPerson;
  };
  status(): TelegramStatus;
}

const scopeOf = (chat: string) => ({ type: 'chat', chat_id: chat }) as const;

export const createTelegram = (options: TelegramOptions): Telegram => {
  const { token, settings, db, now, host } = options;
  const api = openApi({
    ...{ token, apiRoot: settings.apiRoot, proxy: settings.proxy },
    ...options.limits,
  });
  const say: Say = (level, message, fields = {}) => {
    const scrubbed = Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'string' ? api.scrub(value) : value,
    ]);
    options.say(level, api.scrub(message), Object.fromEntries(scrubbed));
  };
  const memory = openMemory(db);
  const people = openPeople(db);
  const stopping = new AbortController();
  const { signal } = stopping;
  const turnstile = createTurnstile(signal);
  const listeners = new Set<() => void>();
  const channels = new Map<string, Channel>();

  /** Chats that became others while the disk did not take it. */
  const moved = new Map<string, string>();

  const move = ({ user, deliverTo }: Person, chat: string): void => {
    moved.set(deliverTo, chat);
    try {
      people.move(user, chat);
      moved.delete(deliverTo);
      tell();
    } catch (error) {
      say('error', 'the new id of a chat could not be kept', { error: messageOf(error) });
    }
  };

  const channelOf = (person: Person): Channel => {
    const { user, deliverTo: name } = person;
    return createTelegramChannel({
      ...{ name, api, screens: settings.screens },
      chat: () => moved.get(name) ?? people.find(user)?.chat ?? person.chat,
      moved: (chat) => move(person, chat),
    });
  };

  const tell = (): void => options.peopleChanged(people.list().map(({ chat }) => chat));

  const renew = (): void => {
    const all = people.list();
    const names = new Set(all.map(({ deliverTo }) => deliverTo));
    for (const name of channels.keys()) if (!names.has(name)) channels.delete(name);
    for (const person of all)
      if (!channels.has(person.deliverTo)) channels.set(person.deliverTo, channelOf(person));
    tell();
    for (const listener of listeners) listener();
  };

  /** What is no alert may fail: it is said in the log, and that is all. */
  const attempt = (what: string, call: Promise<unknown>): Promise<void> =>
    call.then(
      () => undefined,
      (error: unknown) => {
        if (!signal.aborted) say('warn', what, { error: messageOf(error) });
      },
    );

  const showMenu = ({ chat }: Person): Promise<void> =>
    attempt(
      'the menu of commands could not be set',
      api.call('setMyCommands', { commands: menu, scope: scopeOf(chat) }, signal),
    );

  const welcome = async (person: Person): Promise<void> => {
    const { chat } = person;
    await attempt(
      'somebody who was paired could not be told',
      post({ api, chat, signal }, pairingTexts.paired(host)),
    );
    await showMenu(person);
  };

  const takeLeave = async ({ chat }: PairedPerson): Promise<void> => {
    const scope = scopeOf(chat);
    await attempt('the menu was not removed', api.call('deleteMyCommands', { scope }, signal));
    await attempt(
      'somebody who was removed could not be told',
      post({ api, chat, signal }, pairingTexts.removed(host)),
    );
  };

  const [botId = ''] = token.split(':');
  const polling = createPolling({
    ...{ api, memory, botId, apiRoot: settings.apiRoot, now, say },
    handle: (update) => turnstile.enter(() => handle(update)),
    ...(options.pollSeconds === undefined ? {} : { seconds: options.pollSeconds }),
    ...(options.waits ? { waits: options.waits } : {}),
  });

  const pairing = createPairing({
    ...{ people, memory, now, record: options.record, changed: renew },
    bot: () => polling.state.bot,
  });

  const bot = createBot({
    ...{ api, signal, name: () => polling.state.bot },
    desk: {
      agent: patient(options.agent),
      ...{ host, now, say, screens: settings.screens, picture: options.picture },
      confirmations: createConfirmations(now),
      pictures: { making: new Set(), sending: new Map() },
    },
  });

  const handle = async (update: unknown): Promise<void> => {
    try {
      const asked = readUpdate(update);
      if (asked === null) return;
      const person = people.find(asked.remote.user);
      if (person) return await bot.handle(asked, person);
      const met = pairing.meet(asked);
      if (met) await welcome(met);
    } catch (error) {
      say('error', 'an update could not be handled', { error: messageOf(error) });
    }
  };

  renew();

  return {
    channels: () => [...channels.values()],
    onChannels: (listener) => {
      listeners.add(listener);
    },
    start: () => {
      polling.start();
      for (const person of people.list()) void showMenu(person);
    },
    stop: async () => {
      stopping.abort();
      await polling.stop();
      await turnstile.empty();
      await api.close();
    },
    pairing: {
      begin: pairing.begin,
      list: pairing.list,
      remove: (user) => {
        const removed = pairing.remove(user);
        void takeLeave(removed);
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
