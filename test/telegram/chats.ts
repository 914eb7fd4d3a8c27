import type { Chat, User } from '@grammyjs/types';
import { badRequest, forbidden } from './api-error.ts';

/** Where a bot may write, and what has become of the place. */
export interface Place {
  readonly chat: Chat.PrivateChat | Chat.GroupChat | Chat.SupergroupChat;
  readonly members: User[];
  /** Of a private chat: the person has stopped the bot. */
  blocked: boolean;
  /** Of a group: the bot was thrown out. */
  kicked: boolean;
  /** Of a group that has become a supergroup: its new id. */
  migratedTo: number | undefined;
  pinned: number | undefined;
  lastMessageId: number;
}

export interface Chats {
  /** The private chat of a person, who has written to the bot by that. */
  meet(person: User): Place;
  addGroup(title: string, members: readonly User[]): Place;
  /** The group becomes a supergroup, as happens when its settings are changed; its old id is refused from now on. */
  migrate(id: number): Place;
  find(id: number): Place | undefined;
  /** The chat a call names. Throws the `ApiError` of a place the bot may not write to. */
  forWriting(id: string): Place;
  all(): Place[];
}

const place = (chat: Place['chat'], members: User[]): Place => ({
  ...{ chat, members, blocked: false, kicked: false },
  ...{ migratedTo: undefined, pinned: undefined, lastMessageId: 0 },
});

/** Throws where the bot may not write to `at`, with the reason the real server gives. */
const checkAccess = (at: Place): void => {
  if (at.migratedTo !== undefined) {
    const parameters = { migrate_to_chat_id: at.migratedTo };
    throw badRequest('group chat was upgraded to a supergroup chat', parameters);
  }
  if (at.blocked) throw forbidden('bot was blocked by the user');
  if (at.kicked) throw forbidden(`bot was kicked from the ${at.chat.type} chat`);
};

export const createChats = (): Chats => {
  const places = new Map<number, Place>();
  let groups = 0;

  const add = (chat: Place['chat'], members: User[]): Place => {
    const added = place(chat, members);
    places.set(chat.id, added);
    return added;
  };

  const privateChat = ({ id, first_name, last_name, username }: User): Chat.PrivateChat => ({
    ...{ id, type: 'private', first_name },
    ...(last_name !== undefined && { last_name }),
    ...(username !== undefined && { username }),
  });

  return {
    meet: (person) => places.get(person.id) ?? add(privateChat(person), [person]),
    addGroup: (title, members) => {
      groups += 1;
      return add({ id: -4_000_000_000 - groups, type: 'group', title }, [...members]);
    },
    migrate: (id) => {
      const old = places.get(id);
      if (old?.chat.type !== 'group') throw new Error(`${id} is no group`);
      const { title } = old.chat;
      const supergroup = { id: -1_002_000_000_000 + id, type: 'supergroup', title } as const;
      old.migratedTo = supergroup.id;
      return add(supergroup, [...old.members]);
    },
    find: (id) => places.get(id),
    forWriting: (id) => {
      if (id === '') throw badRequest('chat_id is empty');
      const found = places.get(Number(id));
      if (found === undefined) throw badRequest('chat not found');
      checkAccess(found);
      return found;
    },
    all: () => [...places.values()],
  };
};
