import type { MessageEntity, User } from '@grammyjs/types';
import { checkedLink } from './link.ts';

type Plain = MessageEntity.CommonMessageEntity['type'];

const plain: Readonly<Record<string, Plain>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  u: 'underline',
  ins: 'underline',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  blockquote: 'blockquote',
};

export interface Span {
  offset: number;
  length: number;
}

export interface OpenTag {
  name: string;
  attributes: ReadonlyMap<string, string>;
}

const linkEntity = (url: string, span: Span): MessageEntity | undefined => {
  const mentioned = /^tg:(?:\/\/)?user\?id=(\d+)$/.exec(url)?.[1];
  if (mentioned !== undefined) {
    const user: User = { id: Number(mentioned), is_bot: false, first_name: mentioned };
    return { type: 'text_mention', ...span, user };
  }
  const link = checkedLink(url);
  return link === undefined ? undefined : { type: 'text_link', ...span, url: link };
};

/** What a closed tag makes of its text; undefined where Telegram drops it, as with a link that is none. */
export const entityOfTag = (tag: OpenTag, text: string, span: Span): MessageEntity | undefined => {
  const { name, attributes } = tag;
  if (name === 'a') return linkEntity(attributes.get('href') || text, span);
  if (name === 'pre' || name === 'code') return { type: name, ...span };
  if (name === 'tg-emoji') {
    const id = attributes.get('emoji-id') ?? '';
    if (!/^-?[0-9]+$/.test(id) || Number(id) === 0) {
      throw new Error('Invalid custom emoji identifier specified');
    }
    return { type: 'custom_emoji', ...span, custom_emoji_id: id };
  }
  if (name === 'blockquote' && attributes.has('expandable')) {
    return { type: 'expandable_blockquote', ...span };
  }
  const type = plain[name];
  return type === undefined ? undefined : { type, ...span };
};
