import { fieldOf } from '../bounded.ts';
import type { Platform, Seen } from './platform.ts';
import type { Kind, Sample } from './samples.ts';

export interface WhatsAppOptions {
  /** Makes a message of what WhatsApp Web says of it: `(data) => new Message(client, data)`. Without it messages are plain objects with the same fields. */
  message?: (data: Record<string, unknown>) => unknown;
}

/** Gives an event to the client, as `client.emit`. */
export type Emit = (event: string, ...given: unknown[]) => unknown;

const me = '491510000000@c.us';
const group = '120363000000000001@g.us';
const person = (number: number): string => `49151000000${number}@c.us`;

const idOf = ({ kind, number, from }: Sample): string => {
  const remote = kind === 'group' ? group : person(from);
  return `false_${remote}_3EB0${String(number).padStart(16, '0')}`;
};

const types: Partial<Record<Kind, string>> = {
  media: 'image',
  location: 'location',
  contact: 'vcard',
  deleted: 'revoked',
};

const vcard = 'BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nTEL;waid=491519999999:+49 151 9999999\nEND:VCARD';

const more = ({ kind, text }: Sample): Record<string, unknown> => {
  if (kind === 'media') return { directPath: '/v/t62', mimetype: 'image/jpeg', caption: text };
  if (kind === 'location') return { lat: 51.5, lng: -0.12, loc: 'London\nBritain' };
  if (kind === 'contact') return { body: vcard };
  if (kind === 'reply')
    return { quotedMsg: { type: 'chat', body: 'before' }, quotedStanzaID: '3EB0' };
  return {};
};

/** As WhatsApp Web says it to whatsapp-web.js. */
const dataOf = (sample: Sample): Record<string, unknown> => {
  const { kind, from, at, text } = sample;
  const id = idOf(sample);
  const inGroup = kind === 'group';
  const remote = inGroup ? group : person(from);
  return {
    id: { fromMe: false, remote, id: id.split('_')[2], _serialized: id },
    ...{ type: types[kind] ?? 'chat', body: text, t: at, from: remote, to: me, ack: 1 },
    ...(inGroup ? { author: person(from) } : {}),
    ...more(sample),
  };
};

/** The fields of a Message of whatsapp-web.js. */
const plainMessage = (data: Record<string, unknown>): Record<string, unknown> => ({
  ...{ id: data['id'], type: data['type'], timestamp: data['t'], fromMe: false, ack: 1 },
  ...{ from: data['from'], to: data['to'], author: data['author'], deviceType: 'android' },
  body: data['caption'] ?? data['body'],
  hasMedia: data['directPath'] !== undefined,
  hasQuotedMsg: data['quotedMsg'] !== undefined,
  location:
    data['lat'] === undefined ? undefined : { latitude: data['lat'], longitude: data['lng'] },
  vCards: data['type'] === 'vcard' ? [data['body']] : [],
  ...{ mentionedIds: [], links: [], isForwarded: false, isStatus: false },
  reply: async () => undefined,
  react: async () => undefined,
});

/** The fields of a Reaction. */
const reactionOf = (sample: Sample): Record<string, unknown> => ({
  id: { fromMe: false, _serialized: idOf(sample) },
  msgId: { fromMe: true, _serialized: `true_${person(sample.from)}_3EB0FF` },
  ...{ reaction: sample.text, timestamp: sample.at, senderId: person(sample.from), read: false },
});

const read = (given: unknown): Seen | null => {
  const id = fieldOf(fieldOf(given, 'id'), '_serialized');
  if (typeof id !== 'string') return null;
  const field = (name: string): string | undefined => {
    const value = fieldOf(given, name);
    return typeof value === 'string' ? value : undefined;
  };
  const at = fieldOf(given, 'timestamp');
  return {
    id,
    from: field('senderId') ?? field('author') ?? field('from'),
    at: typeof at === 'number' ? at : undefined,
    text: field('reaction') ?? field('body'),
  };
};

/** Messages as a Client of whatsapp-web.js has them: `whatsapp((event, ...given) => client.emit(event, ...given))`. */
export const whatsapp = (
  emit: Emit,
  { message = plainMessage }: WhatsAppOptions = {},
): Platform => ({
  name: 'WhatsApp',
  expected: (sample) => ({
    ...{ id: idOf(sample), from: person(sample.from), at: sample.at },
    text: ['contact', 'location'].includes(sample.kind) ? undefined : sample.text,
  }),
  deliver(sample) {
    if (sample.kind === 'reaction') return emit('message_reaction', reactionOf(sample));
    const made = message(dataOf(sample));
    if (sample.kind === 'edited') return emit('message_edit', made, sample.text, 'before');
    if (sample.kind === 'deleted') return emit('message_revoke_everyone', made, null);
    emit('message_create', made);
    return emit('message', made);
  },
  read,
});
