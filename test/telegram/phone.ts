import type { InlineKeyboardButton, Message, MessageEntity, User } from '@grammyjs/types';
import type { Place } from './chats.ts';
import { type Accepted, type Answer, shown } from './ledger.ts';
import type { BotApi } from './server.ts';
import type { NewUpdate } from './update-queue.ts';

export interface Phone {
  readonly person: User;
  readonly chat: Place;
  /** Writes to the bot, in the private chat or in `chat`. A `/command` is marked as one, as clients do. */
  send(text: string, options?: { chat?: Place; replyTo?: Accepted }): Message;
  /** Presses the button that bears this text, or the start of it. Answers with the id of the query. */
  press(message: Accepted, button: string): string;
  /** Presses a button of another data than any shown, as a changed client can. */
  forge(message: Accepted, data: string): string;
  /** Of the private chat, as they look now, without those deleted. */
  messages(): Accepted[];
  /** The first message of this chat, sent or edited after `after`, that looks like this. */
  until(what: string, looks: Looks, options?: UntilOptions): Promise<Accepted>;
  /** What the bot said to this press. */
  answerTo(queryId: string, limitMs?: number): Promise<Answer>;
  /** Sends `text` and resolves with the first message that is sent or edited then. */
  ask(text: string, limitMs?: number): Promise<Accepted>;
  /** Stops the bot, and starts it again. The bot is told, as by the real server. */
  block(): void;
  unblock(): void;
}

export type Looks = RegExp | ((message: Accepted) => boolean);

export interface UntilOptions {
  /** An `order` of the ledger; all messages without it. */
  after?: number;
  /** Another chat than the private one. */
  chat?: Place;
  limitMs?: number;
}

/** The order of what was accepted last: what comes is `after` it. */
export const lastOrder = (api: BotApi): number => api.ledger.timeline.length;

const commandEntities = (text: string): MessageEntity[] => {
  const command = /^\/[a-z0-9_]+(@\w+)?/i.exec(text);
  return command ? [{ type: 'bot_command', offset: 0, length: command[0].length }] : [];
};

/** In a group a bot sees commands that are not another's, and what speaks of it or answers it. */
const isForBot = (message: Message, { id, username }: User): boolean => {
  if (message.chat.type === 'private') return true;
  const text = message.text ?? '';
  const command = /^\/\w+(?:@(\w+))?/.exec(text);
  if (command) return command[1] === undefined || command[1] === username;
  return text.includes(`@${username}`) || message.reply_to_message?.from?.id === id;
};

const buttonsOf = (message: Accepted): InlineKeyboardButton[] =>
  shown(message).keyboard?.inline_keyboard.flat() ?? [];

/** `/start CODE`, as the client sends it for a link to t.me with `?start=CODE`. */
export const startWith = (code: string): string => `/start ${code}`;

let queries = 0;

export const createPhone = (
  api: BotApi,
  { id, name, username }: { id: number; name: string; username?: string },
): Phone => {
  const { state } = api;
  const person: User = {
    ...{ id, is_bot: false, first_name: name, language_code: 'en' },
    ...(username !== undefined && { username }),
  };
  let met: Place | undefined;
  const chat = (): Place => {
    met ??= state.chats.meet(person);
    return met;
  };

  const date = (): number => Math.floor(state.now() / 1000);

  const send: Phone['send'] = (text, options = {}) => {
    const place = options.chat ?? chat();
    const original =
      options.replyTo && state.messages.find(place.chat.id, options.replyTo.messageId);
    const entities = commandEntities(text);
    const message = {
      ...{ message_id: state.messages.nextId(place), from: person, chat: place.chat },
      ...{ date: date(), text },
      ...(entities.length > 0 && { entities }),
      ...(original && { reply_to_message: state.messages.view(original, place) }),
    } as Message;
    state.messages.keep(place.chat.id, message.message_id, { mine: false, message });
    if (isForBot(message, api.me)) state.queue.push({ message } as NewUpdate);
    return message;
  };

  const pushQuery = (accepted: Accepted, data: string): string => {
    const place = state.chats.find(accepted.chatId);
    if (place === undefined) throw new Error(`no chat ${accepted.chatId}`);
    const message = state.messages.view({ mine: true, accepted }, place);
    queries += 1;
    const queryId = `${person.id}${queries}`;
    state.queries.set(queryId, message);
    const query = { id: queryId, from: person, message, chat_instance: `${place.chat.id}`, data };
    state.queue.push({ callback_query: query });
    return queryId;
  };

  const press: Phone['press'] = (message, button) => {
    const buttons = buttonsOf(message);
    const found =
      buttons.find(({ text }) => text === button) ??
      buttons.find(({ text }) => text.includes(button));
    if (found === undefined || !('callback_data' in found)) {
      const names = buttons.map(({ text }) => text).join(', ') || 'none';
      throw new Error(`no button ${button} on ${JSON.stringify(shown(message).text)}: ${names}`);
    }
    return pushQuery(message, found.callback_data);
  };

  const until: Phone['until'] = (what, looks, options = {}) => {
    const place = options.chat ?? chat();
    const fits = (message: Accepted): boolean =>
      looks instanceof RegExp ? looks.test(shown(message).text) : looks(message);
    const pick = (): Accepted | undefined =>
      api.ledger
        .of(place.chat.id)
        .find(
          (message) =>
            message.deletedAt === undefined &&
            shown(message).order > (options.after ?? 0) &&
            fits(message),
        );
    return api.ledger.until(what, pick, options.limitMs);
  };

  const tellBlocked = (blocked: boolean): void => {
    const place = chat();
    place.blocked = blocked;
    const status = (member: boolean) => ({ user: api.me, status: member ? 'member' : 'kicked' });
    const change = { chat: place.chat, from: person, date: date() };
    const members = {
      old_chat_member: status(blocked),
      new_chat_member: { ...status(!blocked), ...(blocked && { until_date: 0 }) },
    };
    const update = { my_chat_member: { ...change, ...members } };
    state.queue.push(update as NewUpdate);
  };

  return {
    person,
    get chat() {
      return chat();
    },
    send,
    press,
    forge: pushQuery,
    messages: () => api.ledger.of(id).filter(({ deletedAt }) => deletedAt === undefined),
    until,
    answerTo: (queryId, limitMs) =>
      api.ledger.until(
        `an answer to ${queryId}`,
        ({ answers }) => answers.find((answer) => answer.queryId === queryId),
        limitMs,
      ),
    ask: (text, limitMs) => {
      const after = lastOrder(api);
      send(text);
      const limit = limitMs === undefined ? {} : { limitMs };
      return until(`an answer to ${text}`, () => true, { after, ...limit });
    },
    block: () => tellBlocked(true),
    unblock: () => tellBlocked(false),
  };
};
