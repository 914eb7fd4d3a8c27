import type { Place } from './chats.ts';
import type { State } from './state.ts';
import type { NewUpdate } from './update-queue.ts';

/**
 * The group becomes a supergroup, as happens when its settings are changed. The bot is told in both, and its old id is refused
 * from now on.
 */
export const upgradeGroup = (state: State, id: number): Place => {
  const next = state.chats.migrate(id);
  const old = state.chats.find(id);
  if (old === undefined) throw new Error(`no chat ${id}`);
  const tell = (place: Place, news: object): void => {
    const message = {
      ...{ message_id: state.messages.nextId(place), chat: place.chat },
      ...{ date: Math.floor(state.now() / 1000), from: place.members[0], ...news },
    };
    state.queue.push({ message } as unknown as NewUpdate);
  };
  tell(old, { migrate_to_chat_id: next.chat.id });
  tell(next, { migrate_from_chat_id: id });
  return next;
};
