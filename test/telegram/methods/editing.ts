import { isDeepStrictEqual } from 'node:util';
import type { Message } from '@grammyjs/types';
import { badRequest } from '../api-error.ts';
import type { Place } from '../chats.ts';
import { readKeyboard } from '../keyboard.ts';
import { type Accepted, type Content, shown, type Version } from '../ledger.ts';
import type { Method, Methods, State } from '../state.ts';
import type { Arguments } from './arguments.ts';
import { createArguments } from './arguments.ts';
import { readMedia } from './media.ts';
import { charge } from './sending.ts';
import { readCaption, readText } from './texts.ts';

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

interface Target {
  place: Place;
  accepted: Accepted;
  current: Version;
}

const findTarget = (state: State, given: Arguments): Target => {
  const place = state.chats.forWriting(given.text('chat_id'));
  const messageId = given.integer('message_id');
  if (messageId <= 0) throw badRequest('message identifier is not specified');
  const stored = state.messages.find(place.chat.id, messageId);
  if (stored === undefined) throw badRequest('message to edit not found');
  if (!stored.mine) throw badRequest("message can't be edited");
  return { place, accepted: stored.accepted, current: shown(stored.accepted) };
};

const look = ({ text, entities, keyboard, media }: Content): unknown => [
  ...[text, entities, keyboard?.inline_keyboard, media?.fileId],
];

/** An edit without a keyboard takes the old one away, as with the real server. */
const edit = (
  state: State,
  given: Arguments,
  { place, accepted, current }: Target,
  change: Partial<Content> & { method: string },
): Message => {
  const keyboard = readKeyboard(given.json('reply_markup', 'reply keyboard markup'));
  const { text, entities, media } = { ...current, ...change };
  const content: Content = { text, entities, media, keyboard };
  charge(state, place);
  if (isDeepStrictEqual(look(content), look(current))) throw badRequest(notModified);
  state.ledger.version(accepted, { ...content, method: change.method });
  return state.messages.view({ mine: true, accepted }, place);
};

const editMessageText: Method = (state, given) => {
  const formatted = readText(given, 'MESSAGE_TOO_LONG');
  const target = findTarget(state, given);
  if (target.current.media) throw badRequest('there is no text in the message to edit');
  return edit(state, given, target, { ...formatted, method: 'editMessageText' });
};

const editMessageCaption: Method = (state, given) => {
  const caption = readCaption(given, 'MEDIA_CAPTION_TOO_LONG');
  const target = findTarget(state, given);
  if (!target.current.media) throw badRequest('there is no caption in the message to edit');
  return edit(state, given, target, { ...caption, method: 'editMessageCaption' });
};

const editMessageReplyMarkup: Method = (state, given) =>
  edit(state, given, findTarget(state, given), { method: 'editMessageReplyMarkup' });

const editMessageMedia: Method = (state, given) => {
  const media = given.json('media', 'input media');
  if (typeof media !== 'object' || media === null) throw badRequest('media is not specified');
  const wanted = createArguments(media as Record<string, unknown>, []);
  const kind = wanted.text('type');
  if (kind !== 'photo' && kind !== 'document') {
    throw badRequest(`can't parse InputMedia: type "${kind}" is unsupported`);
  }
  const target = findTarget(state, given);
  const caption = readCaption(wanted, 'MEDIA_CAPTION_TOO_LONG');
  const kept = readMedia(state, given, kind, wanted.text('media'));
  return edit(state, given, target, { ...caption, media: kept, method: 'editMessageMedia' });
};

export const editing: Methods = {
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
  editMessageMedia,
};
