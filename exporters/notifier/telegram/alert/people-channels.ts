import { messageOf } from '../../../../agent/model/failure.ts';
import type { Channel } from '../../channel.ts';
import type { Say } from '../../process-log.ts';
import type { TelegramApi } from '../api/api.ts';
import type { People, Person } from '../pairing/people.ts';
import { createTelegramChannel } from './channel.ts';

export interface PeopleChannelsPorts {
  people: People;
  api: TelegramApi;
  /** Whether screens may leave the machine. */
  screens: boolean;
  say: Say;
  /** Where alerts go now, at each change. */
  onChats(chats: string[]): void;
}

export interface PeopleChannels {
  /** One for each person; the same object for as long as he is paired. */
  list(): Channel[];
  /** Called when `list` gives others than before. */
  onChange(listener: () => void): void;
  /** Takes up who came and who went. */
  refresh(): void;
}

/** A channel for each person who is paired, which follows him into the chat that his becomes. */
export const createPeopleChannels = (ports: PeopleChannelsPorts): PeopleChannels => {
  const { people, api, screens, say } = ports;
  const listeners = new Set<() => void>();
  const channels = new Map<string, Channel>();
  /** Chats that became others while the disk did not take it. */
  const moved = new Map<string, string>();

  const tellChats = (): void => ports.onChats(people.list().map(({ chat }) => chat));

  const move = ({ user, deliverTo }: Person, chat: string): void => {
    moved.set(deliverTo, chat);
    try {
      people.move(user, chat);
      moved.delete(deliverTo);
      tellChats();
    } catch (error) {
      say('error', 'the new id of a chat could not be kept', { error: messageOf(error) });
    }
  };

  const channelOf = (person: Person): Channel => {
    const { user, deliverTo: name } = person;
    return createTelegramChannel({
      ...{ name, api, screens },
      chat: () => moved.get(name) ?? people.find(user)?.chat ?? person.chat,
      moved: (chat) => move(person, chat),
    });
  };

  return {
    list: () => [...channels.values()],
    onChange: (listener) => {
      listeners.add(listener);
    },
    refresh: () => {
      const all = people.list();
      const names = new Set(all.map(({ deliverTo }) => deliverTo));
      for (const name of channels.keys()) if (!names.has(name)) channels.delete(name);
      for (const person of all)
        if (!channels.has(person.deliverTo)) channels.set(person.deliverTo, channelOf(person));
      tellChats();
      for (const listener of listeners) listener();
    },
  };
};
