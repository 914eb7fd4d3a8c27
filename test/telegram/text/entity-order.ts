import type { MessageEntity } from '@grammyjs/types';

/** Of the same text, what is further out comes first, as Telegram sorts it. */
const outermostFirst = [
  ...['blockquote', 'expandable_blockquote', 'pre', 'code', 'text_link', 'text_mention'],
  ...['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'custom_emoji'],
];

const depth = ({ type }: MessageEntity): number => outermostFirst.indexOf(type);

export const inOrder = (entities: readonly MessageEntity[]): MessageEntity[] =>
  entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length || depth(a) - depth(b));
