import type { Channel } from '../channel.ts';
import { createPeopleChannels } from './alert/people-channels.ts';
import { openApi } from './api/api.ts';
import { scrubbedSay } from './api/scrub.ts';
import { type Conversations, createConversations } from './conversations.ts';
import type { TelegramOptions } from './options.ts';
import { openPeople } from './pairing/people.ts';

/** Telegram: the channels of those who are told, and the conversations with those who ask. */
export interface Telegram extends Conversations {
  /** One for each person; the same object for as long as he is paired. */
  channels(): Channel[];
  /** Called when `channels` gives others than before. */
  onChannels(listener: () => void): void;
}

export const createTelegram = (options: TelegramOptions): Telegram => {
  const { apiRoot, proxy, screens } = options.settings;
  const api = openApi({ token: options.token, apiRoot, proxy, ...options.limits });
  const say = scrubbedSay(options.say, api.scrub);
  const people = openPeople(options.db);
  const channels = createPeopleChannels({
    ...{ people, api, screens, say },
    onChats: options.onChats,
  });
  const conversations = createConversations({
    ...{ ...options, say },
    ...{ api, people, onPeople: channels.refresh },
  });
  channels.refresh();

  return {
    ...conversations,
    channels: channels.list,
    onChannels: channels.onChange,
    stop: async () => {
      await conversations.stop();
      await api.close();
    },
  };
};
