import type { Message, PhotoSize, UserFromGetMe } from '@grammyjs/types';
import type { Place } from './chats.ts';
import { type Accepted, type Media, shown } from './ledger.ts';

/** A message in a chat: of the bot, or of a person. */
export type Stored = { mine: true; accepted: Accepted } | { mine: false; message: Message };

export interface MessageStore {
  /** Ids rise in each chat, and what people write takes one too. */
  nextId(place: Place): number;
  keep(chatId: number, messageId: number, stored: Stored): void;
  /** Undefined too when it was deleted. */
  find(chatId: number, messageId: number): Stored | undefined;
  remove(chatId: number, messageId: number): void;
  /** As the Bot API shows it. */
  view(stored: Stored, place: Place): Message;
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** The second size is a thumbnail, as the real server makes more than one. */
const photoSizes = ({ fileId, bytes, width, height }: Media): PhotoSize[] => [
  {
    ...{ file_id: `${fileId}-s`, file_unique_id: `u${fileId}-s`, file_size: 1000 },
    ...{ width: Math.min(width, 90), height: Math.min(height, 90) },
  },
  {
    ...{ file_id: fileId, file_unique_id: `u${fileId}`, file_size: bytes.length },
    ...{ width, height },
  },
];

const viewMedia = (media: Media): object => {
  if (media.kind === 'photo') return { photo: photoSizes(media) };
  const { fileId, name, bytes } = media;
  const document = { file_id: fileId, file_unique_id: `u${fileId}`, file_name: name };
  return { document: { ...document, file_size: bytes.length } };
};

const viewText = (text: string, entities: object[], media: Media | undefined): object => {
  if (media === undefined) return { text, ...(entities.length > 0 && { entities }) };
  const caption = { caption: text, ...(entities.length > 0 && { caption_entities: entities }) };
  return { ...viewMedia(media), ...(text !== '' && caption) };
};

export const createMessageStore = (me: UserFromGetMe): MessageStore => {
  const stored = new Map<string, Stored>();
  const key = (chatId: number, messageId: number): string => `${chatId}/${messageId}`;

  const viewMine = (accepted: Accepted, place: Place): Message => {
    const { text, entities, media, keyboard, at } = shown(accepted);
    const [first] = accepted.versions;
    const { id, is_bot, first_name, username } = me;
    const original =
      accepted.replyTo && stored.get(key(place.chat.id, accepted.replyTo.message_id ?? 0));
    return {
      message_id: accepted.messageId,
      from: { id, is_bot, first_name, username },
      chat: place.chat,
      date: seconds(first.at),
      ...(accepted.versions.length > 1 && { edit_date: seconds(at) }),
      ...(original && { reply_to_message: withoutReply(original, place) }),
      ...viewText(text, entities, media),
      ...(keyboard && { reply_markup: keyboard }),
    } as Message;
  };

  const view = (message: Stored, place: Place): Message =>
    message.mine ? viewMine(message.accepted, place) : message.message;

  /** What a reply shows of its original is not followed further. */
  const withoutReply = (message: Stored, place: Place): Message => {
    const { reply_to_message: _, ...rest } = view(message, place) as Message.CommonMessage;
    return rest as Message;
  };

  return {
    nextId: (place) => {
      place.lastMessageId += 1;
      return place.lastMessageId;
    },
    keep: (chatId, messageId, message) => {
      stored.set(key(chatId, messageId), message);
    },
    find: (chatId, messageId) => stored.get(key(chatId, messageId)),
    remove: (chatId, messageId) => {
      stored.delete(key(chatId, messageId));
    },
    view,
  };
};
