import type { Message, ReplyParameters } from '@grammyjs/types';
import { badRequest, tooManyRequests } from '../api-error.ts';
import type { Place } from '../chats.ts';
import { readKeyboard } from '../keyboard.ts';
import type { Media } from '../ledger.ts';
import type { Method, Methods, State } from '../state.ts';
import type { FormattedText } from '../text/html.ts';
import type { Arguments } from './arguments.ts';
import { readMedia } from './media.ts';
import { readCaption, readText } from './texts.ts';

/** Throws 429 where the budget of the chat, which sends and edits share, is used up. */
export const charge = (state: State, place: Place): void => {
  const wait = state.rate.charge(place.chat.id);
  if (wait > 0) throw tooManyRequests(wait);
};

const readReply = (state: State, given: Arguments, place: Place): ReplyParameters | undefined => {
  const reply = given.json('reply_parameters', 'reply parameters');
  if (reply === undefined) return undefined;
  if (typeof reply !== 'object' || reply === null) {
    throw badRequest('object expected as reply parameters');
  }
  const parameters = reply as ReplyParameters;
  if (state.messages.find(place.chat.id, Number(parameters.message_id))) return parameters;
  if (parameters.allow_sending_without_reply) return undefined;
  throw badRequest('message to be replied not found');
};

interface Outgoing extends FormattedText {
  method: string;
  media: Media | undefined;
}

const send = (state: State, given: Arguments, place: Place, outgoing: Outgoing): Message => {
  const keyboard = readKeyboard(given.json('reply_markup', 'reply keyboard markup'));
  const replyTo = readReply(state, given, place);
  charge(state, place);
  const chatId = place.chat.id;
  const messageId = state.messages.nextId(place);
  const flags = {
    silent: given.flag('disable_notification'),
    protected: given.flag('protect_content'),
  };
  const accepted = state.ledger.message(
    { chatId, messageId, ...flags, replyTo },
    { ...outgoing, keyboard },
  );
  state.messages.keep(chatId, messageId, { mine: true, accepted });
  return state.messages.view({ mine: true, accepted }, place);
};

const sendMessage: Method = (state, given) => {
  const formatted = readText(given, 'message is too long');
  const place = state.chats.forWriting(given.text('chat_id'));
  return send(state, given, place, { ...formatted, method: 'sendMessage', media: undefined });
};

const sendMedia =
  (kind: Media['kind'], method: string): Method =>
  (state, given) => {
    const value = given.text(kind) || kind;
    if (!given.has(kind) && !given.upload(kind)) {
      throw badRequest(`there is no ${kind} in the request`);
    }
    const caption = readCaption(given, 'message caption is too long');
    const place = state.chats.forWriting(given.text('chat_id'));
    const media = readMedia(state, given, kind, value);
    return send(state, given, place, { ...caption, method, media });
  };

const chatActions = new Set([
  ...['typing', 'upload_photo', 'record_video', 'upload_video', 'record_voice', 'upload_voice'],
  ...['upload_document', 'choose_sticker', 'find_location', 'record_video_note'],
  'upload_video_note',
]);

const sendChatAction: Method = (state, given) => {
  if (!chatActions.has(given.text('action'))) {
    throw badRequest('wrong parameter action in request');
  }
  state.chats.forWriting(given.text('chat_id'));
  return true;
};

export const sending: Methods = {
  sendMessage,
  sendPhoto: sendMedia('photo', 'sendPhoto'),
  sendDocument: sendMedia('document', 'sendDocument'),
  sendChatAction,
};
