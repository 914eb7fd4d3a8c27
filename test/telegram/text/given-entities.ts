import type { MessageEntity } from '@grammyjs/types';
import { badRequest } from '../api-error.ts';
import { byteOffset } from './start-tag.ts';

const given = new Set([
  ...['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'code', 'pre', 'text_link'],
  ...['text_mention', 'blockquote', 'expandable_blockquote', 'custom_emoji'],
]);
/** Those the server finds by itself are not believed. */
const found = new Set([
  ...['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number'],
  ...['bank_card_number', 'media_timestamp'],
]);

/** Between the two halves of a surrogate pair. */
const splitsCharacter = (text: string, index: number): boolean =>
  index > 0 && index < text.length && !text.slice(0, index).isWellFormed();

const checkPlace = (text: string, { offset, length }: MessageEntity): void => {
  if (offset < 0) throw badRequest(`receive an entity with incorrect offset ${offset}`);
  if (length < 0) throw badRequest(`receive an entity with incorrect length ${length}`);
  const end = offset + length;
  const beginning = `entity beginning at UTF-16 offset ${offset}`;
  if (offset > text.length) {
    throw badRequest(`entity begins after the end of the text at UTF-16 offset ${offset}`);
  }
  if (end > text.length) {
    throw badRequest(`${beginning} ends after the end of the text at UTF-16 offset ${end}`);
  }
  if (splitsCharacter(text, offset)) {
    const at = byteOffset(text, offset + 1);
    throw badRequest(`entity begins in a middle of a UTF-16 symbol at byte offset ${at}`);
  }
  if (splitsCharacter(text, end)) {
    const at = byteOffset(text, end + 1);
    throw badRequest(`${beginning} ends in a middle of a UTF-16 symbol at byte offset ${at}`);
  }
};

/** Entities that came with a text instead of markup: those that are kept. */
export const checkGiven = (text: string, entities: readonly MessageEntity[]): MessageEntity[] => {
  const kept = entities.filter(({ type }) => {
    if (!given.has(type) && !found.has(type)) {
      throw badRequest("can't parse MessageEntity: Unsupported type specified");
    }
    return given.has(type);
  });
  for (const entity of kept) checkPlace(text, entity);
  return kept.filter(({ length }) => length > 0);
};
