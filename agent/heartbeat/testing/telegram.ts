import { fieldOf } from '../bounded.ts';
import type { Platform, Seen } from './platform.ts';
import type { Sample } from './samples.ts';

/** Gives an Update to the bot, as `bot.handleUpdate` of grammY. */
export type HandleUpdate = (update: Update) => unknown;

/** https://core.telegram.org/bots/api#update */
// biome-ignore lint/suspicious/noExplicitAny: who takes it has types of its own
export type Update = any;

const groupId = -1_001_000_000_001;
const personId = (number: number): number => 7_000_000 + number;

const person = (number: number) => ({
  ...{ id: personId(number), is_bot: false, first_name: `Person ${number}`, language_code: 'en' },
});

const chatOf = ({ kind, from }: Sample) =>
  kind === 'group'
    ? { id: groupId, type: 'supergroup', title: 'A group' }
    : { id: personId(from), type: 'private', first_name: `Person ${from}` };

const photo = [{ file_id: 'AgAC', file_unique_id: 'AQAD', width: 90, height: 60, file_size: 1200 }];

/** What a message of this kind has besides. */
const content = ({ kind, text, at, from }: Sample): Record<string, unknown> => {
  if (kind === 'media') return { photo, caption: text };
  if (kind === 'location') return { location: { latitude: 51.5, longitude: -0.12 } };
  if (kind === 'contact') return { contact: { phone_number: '+491519999999', first_name: 'Ada' } };
  if (kind !== 'reply') return { text };
  const chat = { id: personId(from), type: 'private', first_name: `Person ${from}` };
  const before = { message_id: 1, date: at - 60, chat, from: person(from), text: 'before' };
  return { text, reply_to_message: before };
};

const messageOf = (sample: Sample): Record<string, unknown> => ({
  ...{
    message_id: sample.number,
    date: sample.at,
    chat: chatOf(sample),
    from: person(sample.from),
  },
  ...content(sample),
});

const happening = (sample: Sample): Record<string, unknown> => {
  const { kind, number, at, from, text } = sample;
  const chat = chatOf(sample);
  if (kind === 'edited') return { edited_message: { ...messageOf(sample), edit_date: at + 5 } };
  if (kind === 'deleted') {
    // Of ordinary chats no bot is told it.
    const business = { business_connection_id: 'b1', chat, message_ids: [number] };
    return { deleted_business_messages: business };
  }
  if (kind !== 'reaction') return { message: messageOf(sample) };
  const reaction = { old_reaction: [], new_reaction: [{ type: 'emoji', emoji: text }] };
  return {
    message_reaction: { chat, message_id: number, user: person(from), date: at, ...reaction },
  };
};

/** What happened, of an Update, a Context of grammY, or the message itself. */
const happened = (given: unknown): unknown => {
  const update = fieldOf(given, 'update') ?? given;
  if (fieldOf(update, 'update_id') === undefined) return given;
  const key = Object.keys(Object(update)).find((name) => name !== 'update_id');
  return key === undefined ? null : fieldOf(update, key);
};

const textIn = (what: unknown): string | undefined => {
  const reactions = fieldOf(what, 'new_reaction');
  const emoji = Array.isArray(reactions) ? fieldOf(reactions[0], 'emoji') : undefined;
  const text = emoji ?? fieldOf(what, 'text') ?? fieldOf(what, 'caption');
  return typeof text === 'string' ? text : undefined;
};

const idIn = (what: unknown): unknown => {
  const many = fieldOf(what, 'message_ids');
  return Array.isArray(many) ? many[0] : fieldOf(what, 'message_id');
};

const read = (given: unknown): Seen | null => {
  const what = happened(given);
  const number = idIn(what);
  const chat = fieldOf(fieldOf(what, 'chat'), 'id');
  if (typeof number !== 'number' || typeof chat !== 'number') return null;
  const from = fieldOf(fieldOf(what, 'from') ?? fieldOf(what, 'user'), 'id');
  const at = fieldOf(what, 'date');
  return {
    id: `${chat}/${number}`,
    from: typeof from === 'number' ? String(from) : undefined,
    at: typeof at === 'number' ? at : undefined,
    text: textIn(what),
  };
};

const wordless = ['contact', 'location', 'deleted'];

/** Messages as Updates of Telegram: `telegram((update) => bot.handleUpdate(update))`. */
export const telegram = (handleUpdate: HandleUpdate): Platform => ({
  name: 'Telegram',
  expected(sample) {
    const isDeleted = sample.kind === 'deleted';
    return {
      id: `${chatOf(sample).id}/${sample.number}`,
      from: isDeleted ? undefined : String(personId(sample.from)),
      at: isDeleted ? undefined : sample.at,
      text: wordless.includes(sample.kind) ? undefined : sample.text,
    };
  },
  // The same update is delivered again with its number.
  deliver: (sample) => handleUpdate({ update_id: 1000 + sample.number, ...happening(sample) }),
  read,
});
