import type { Remote } from '../../../../agent/model/events/remote.ts';
import { shortened } from '../../../../agent/model/text/shortened.ts';
import { cleanLine } from '../format/clean.ts';

/** What is asked for; anything else is never sent to us. */
export const allowedUpdates = ['message', 'callback_query'] as const;

/** The part of an update that matters here, whatever else it holds. */
export interface Asked {
  /** Who, by the word of Telegram alone. */
  remote: Remote;
  /** Where an answer goes; null where there is no such place. */
  chat: string | null;
  /** With nobody else in it. */
  isPrivate: boolean;
  /** Written by somebody else, or by a program. */
  isForwarded: boolean;
  text: string | null;
  button: { query: string; data: string; message: number | null } | null;
}

const mostText = 1000;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

/** Ids have at most 52 significant bits (https://core.telegram.org/bots/api#user). */
const idOf = (value: unknown): string | null =>
  Number.isSafeInteger(value) && value !== 0 ? String(value) : null;

const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const nameOf = (from: Fields, user: string): string => {
  const names = [from['first_name'], from['last_name']].map((name) => stringOf(name) ?? '');
  const username = stringOf(from['username']);
  const name = `${names.join(' ')} ${username ? `@${username}` : ''}`;
  return shortened(cleanLine(name), 100) || user;
};

/** Null where nobody, or a program, is behind it. */
const remoteOf = (value: unknown): Remote | null => {
  const from = fieldsOf(value);
  const user = from && idOf(from['id']);
  if (!from || !user || from['is_bot'] === true) return null;
  return { channel: 'telegram', user, name: nameOf(from, user) };
};

const placeOf = (message: Fields | null, user: string) => {
  const chat = fieldsOf(message?.['chat']);
  const id = idOf(chat?.['id']);
  return { chat: id, isPrivate: chat?.['type'] === 'private' && id === user };
};

const others = ['forward_origin', 'forward_date', 'via_bot', 'sender_chat'] as const;

const ofMessage = (message: Fields): Asked | null => {
  const remote = remoteOf(message['from']);
  if (!remote) return null;
  return {
    remote,
    ...placeOf(message, remote.user),
    isForwarded: others.some((field) => message[field] !== undefined),
    text: stringOf(message['text'])?.slice(0, mostText) ?? null,
    button: null,
  };
};

const ofQuery = (query: Fields): Asked | null => {
  const remote = remoteOf(query['from']);
  const id = stringOf(query['id']);
  if (!remote || id === null) return null;
  const message = fieldsOf(query['message']);
  const number = Number(idOf(message?.['message_id']) ?? 0);
  return {
    remote,
    ...placeOf(message, remote.user),
    isForwarded: false,
    text: null,
    button: {
      query: id,
      data: stringOf(query['data']) ?? '',
      message: number > 0 ? number : null,
    },
  };
};

/** Hostile input read: null where nobody asks for anything. Never throws. */
export const readUpdate = (update: unknown): Asked | null => {
  const fields = fieldsOf(update);
  const message = fieldsOf(fields?.['message']);
  if (message) return ofMessage(message);
  const query = fieldsOf(fields?.['callback_query']);
  return query ? ofQuery(query) : null;
};

/** Updates are numbered by positive 32-bit integers (https://core.telegram.org/bots/api#update). */
export const lastUpdateId = 2 ** 31 - 1;

/** Null for what is no number of an update. */
export const updateId = (update: unknown): number | null => {
  const id = fieldsOf(update)?.['update_id'];
  const isNumber = Number.isSafeInteger(id) && Number(id) >= 1 && Number(id) <= lastUpdateId;
  return isNumber ? Number(id) : null;
};
