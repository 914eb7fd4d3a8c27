import { badRequest } from '../api-error.ts';
import type { Method, Methods } from '../state.ts';

/** Ms: older messages cannot be deleted. */
const deletableMs = 48 * 3600 * 1000;
/** Of what an answered button shows. */
const maxAnswerLength = 200;

const deleteMessage: Method = (state, given) => {
  const place = state.chats.forWriting(given.text('chat_id'));
  const messageId = given.integer('message_id');
  if (messageId <= 0) throw badRequest('message identifier is not specified');
  const stored = state.messages.find(place.chat.id, messageId);
  if (stored === undefined) throw badRequest('message to delete not found');
  const sentAt = stored.mine ? stored.accepted.versions[0].at : stored.message.date * 1000;
  if (state.now() - sentAt > deletableMs) throw badRequest("message can't be deleted for everyone");
  state.messages.remove(place.chat.id, messageId);
  if (stored.mine) state.ledger.remove(stored.accepted);
  return true;
};

const answerCallbackQuery: Method = (state, given) => {
  const queryId = given.text('callback_query_id');
  if (!state.queries.has(queryId)) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  const text = given.text('text');
  if (text.length > maxAnswerLength) throw badRequest('MESSAGE_TOO_LONG');
  state.queries.delete(queryId);
  state.ledger.answer({ queryId, text, alert: given.flag('show_alert') });
  return true;
};

const pinChatMessage: Method = (state, given) => {
  const place = state.chats.forWriting(given.text('chat_id'));
  const messageId = given.integer('message_id');
  if (!state.messages.find(place.chat.id, messageId)) throw badRequest('message to pin not found');
  place.pinned = messageId;
  state.ledger.changed();
  return true;
};

const unpinChatMessage: Method = (state, given) => {
  const place = state.chats.forWriting(given.text('chat_id'));
  if (place.pinned === undefined) throw badRequest('message to unpin not found');
  place.pinned = undefined;
  state.ledger.changed();
  return true;
};

const getChat: Method = (state, given) => {
  const place = state.chats.forWriting(given.text('chat_id'));
  const pinned = state.messages.find(place.chat.id, place.pinned ?? 0);
  return {
    ...{ ...place.chat, accent_color_id: 0, max_reaction_count: 11, accepted_gift_types: {} },
    ...(pinned && { pinned_message: state.messages.view(pinned, place) }),
  };
};

export const inChat: Methods = {
  deleteMessage,
  answerCallbackQuery,
  pinChatMessage,
  unpinChatMessage,
  getChat,
};
