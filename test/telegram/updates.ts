import type { Chat, ChatMember, Message, Update, User } from '@grammyjs/types';
import { createMe, defaultUsername } from './me.ts';
import { messageBodies } from './message-bodies.ts';

type Kind = Exclude<keyof Update, 'update_id'>;
type Samples = { [K in Kind]: NonNullable<Update[K]> };

const bot = createMe(4815162342, defaultUsername);
const date = 1_790_000_000;
const channel: Chat.ChannelChat = { id: -1_001_000_000_001, type: 'channel', title: 'news' };
const supergroup: Chat.SupergroupChat = {
  ...{ id: -1_001_000_000_002, type: 'supergroup', title: 'operators' },
};

const memberOf = (user: User, status: 'member' | 'left'): ChatMember => ({ user, status });

const boost = {
  boost_id: 'boost',
  add_date: date,
  expiration_date: date + 86_400,
  source: { source: 'premium' as const, user: bot },
};

const pollOption = { persistent_id: '0', text: 'yes', voter_count: 0 };

/** What has to do with messages, of which `text` is what the person wrote. */
const messageUpdates = (user: User, chat: Chat.PrivateChat, text: string) => {
  const message = { message_id: 7, from: user, chat, date, text };
  const post = { message_id: 8, chat: channel, sender_chat: channel, date, text };
  const edited = { edit_date: date + 1 };
  const business = { ...message, business_connection_id: 'connection' };
  const samples = {
    message,
    edited_message: { ...message, ...edited },
    channel_post: post,
    edited_channel_post: { ...post, ...edited },
    business_message: business,
    edited_business_message: { ...business, ...edited },
    guest_message: { ...message, chat: supergroup, guest_query_id: 'guest' },
  };
  return samples as Pick<Samples, keyof typeof samples>;
};

const businessUpdates = (user: User, chat: Chat.PrivateChat) => ({
  business_connection: {
    ...{ id: 'connection', user, user_chat_id: user.id, date, is_enabled: true },
    rights: { can_reply: true as const },
  },
  deleted_business_messages: { business_connection_id: 'connection', chat, message_ids: [7] },
  managed_bot: { user, bot },
  subscription: { user, invoice_payload: 'payload', state: 'active' as const },
});

const chatUpdates = (user: User, chat: Chat.PrivateChat) => {
  const change = { from: user, date };
  return {
    my_chat_member: {
      ...{ ...change, chat },
      old_chat_member: memberOf(bot, 'left'),
      new_chat_member: memberOf(bot, 'member'),
    },
    chat_member: {
      ...{ ...change, chat: supergroup },
      old_chat_member: memberOf(user, 'left'),
      new_chat_member: memberOf(user, 'member'),
    },
    chat_join_request: { ...change, chat: supergroup, user_chat_id: user.id },
    chat_boost: { chat: channel, boost },
    removed_chat_boost: {
      ...{ chat: channel, boost_id: boost.boost_id, remove_date: date, source: boost.source },
    },
    stopped_message_generation: { chat, draft_id: 1 },
  };
};

const reactionUpdates = (user: User, chat: Chat.PrivateChat) => {
  const emoji = { type: 'emoji' as const, emoji: '👍' as const };
  const at = { message_id: 7, date };
  return {
    message_reaction: { ...at, chat, user, old_reaction: [], new_reaction: [emoji] },
    message_reaction_count: { ...at, chat: channel, reactions: [{ type: emoji, total_count: 2 }] },
  };
};

const queryUpdates = (from: User, text: string) => ({
  inline_query: { id: 'inline', from, query: text, offset: '' },
  chosen_inline_result: { result_id: 'result', from, query: text },
  callback_query: { id: 'query', from, chat_instance: 'instance', data: text },
  shipping_query: {
    ...{ id: 'shipping', from, invoice_payload: 'payload' },
    shipping_address: {
      ...{ country_code: 'DE', state: '', city: 'Bonn', post_code: '53111' },
      ...{ street_line1: 'Markt 1', street_line2: '' },
    },
  },
  pre_checkout_query: {
    ...{ id: 'checkout', from, currency: 'EUR', total_amount: 100, invoice_payload: 'payload' },
  },
  purchased_paid_media: { from, paid_media_payload: 'payload' },
  poll: {
    ...{ id: 'poll', question: text, options: [pollOption], total_voter_count: 0 },
    ...{ is_closed: false, is_anonymous: false, type: 'regular' as const },
    ...{ allows_multiple_answers: false, allows_revoting: true, members_only: false },
  },
  poll_answer: { poll_id: 'poll', user: from, option_ids: [0], option_persistent_ids: ['0'] },
});

/** One update of every type of the Bot API, from `user` where it has a sender. A type that is missing does not compile. */
export const sampleUpdates = (user: User, text = '/status'): Samples => {
  const { id, first_name } = user;
  const chat: Chat.PrivateChat = { id, type: 'private', first_name };
  return {
    ...messageUpdates(user, chat, text),
    ...businessUpdates(user, chat),
    ...chatUpdates(user, chat),
    ...reactionUpdates(user, chat),
    ...queryUpdates(user, text),
  };
};

export const updateTypes = Object.keys(sampleUpdates(bot)) as Kind[];

/** A message of every common kind: pictures, places, news of the group. */
export const sampleMessages = (user: User): Update['message'][] => {
  const chat = { id: user.id, type: 'private', first_name: user.first_name };
  return messageBodies(user).map(
    (body, index) =>
      ({ message_id: 100 + index, from: user, chat, date, ...body }) as Message & Update.NonChannel,
  );
};
