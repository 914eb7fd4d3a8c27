import type { MessageEntity } from '@grammyjs/types';
import { inOrder } from './entity-order.ts';

/** What a client makes tappable by itself in text that is not code. An approximation of the rules of Telegram. */
const patterns = [
  ['email', /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g],
  ['url', /\b(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>"'.,;:!?)\]]/gi],
  [
    'url',
    /\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|me|dev|app|info|ru|de|uk)\b(?:\/\S*)?/gi,
  ],
  ['mention', /(?<![\w/])@[a-z][a-z0-9_]{3,31}\b/gi],
  ['bot_command', /(?<![\w/<>])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\w/])/gi],
  ['hashtag', /(?<!\w)#(?=\w*[a-z_])\w{1,256}/gi],
] as const;

const opaque = new Set(['pre', 'code', 'text_link', 'text_mention', 'custom_emoji']);

const overlaps = (a: MessageEntity, b: MessageEntity): boolean =>
  a.offset < b.offset + b.length && b.offset < a.offset + a.length;

/** The entities of `text` with those found in it. */
export const withFound = (text: string, given: readonly MessageEntity[]): MessageEntity[] => {
  const taken = given.filter(({ type }) => opaque.has(type));
  const found: MessageEntity[] = [];
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const entity: MessageEntity = { type, offset: match.index, length: match[0].length };
      if ([...taken, ...found].some((other) => overlaps(entity, other))) continue;
      found.push(entity);
    }
  }
  return inOrder([...given, ...found]);
};
