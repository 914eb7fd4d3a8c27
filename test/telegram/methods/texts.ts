import type { MessageEntity } from '@grammyjs/types';
import { badRequest } from '../api-error.ts';
import { formatText, maxCaptionLength, maxTextLength } from '../text/formatted-text.ts';
import type { FormattedText } from '../text/html.ts';
import type { Arguments } from './arguments.ts';

const entitiesOf = (given: Arguments, name: string): MessageEntity[] => {
  let entities: unknown;
  try {
    entities = given.json(name, 'entities');
  } catch {
    // The real server takes entities it cannot read for none.
  }
  return Array.isArray(entities) ? (entities as MessageEntity[]) : [];
};

const read = (given: Arguments, name: string, entities: string): FormattedText =>
  formatText({
    text: given.text(name),
    parseMode: given.text('parse_mode'),
    entities: entitiesOf(given, entities),
  });

/** `tooLong` is what the server says of a text above its limit, which differs between sending and editing. */
export const readText = (given: Arguments, tooLong: string): FormattedText => {
  if (!given.has('text')) throw badRequest('message text is empty');
  const formatted = read(given, 'text', 'entities');
  if (formatted.text === '') throw badRequest('text must be non-empty');
  if (formatted.text.length > maxTextLength) throw badRequest(tooLong);
  return formatted;
};

export const readCaption = (given: Arguments, tooLong: string): FormattedText => {
  const formatted = read(given, 'caption', 'caption_entities');
  if (formatted.text.length > maxCaptionLength) throw badRequest(tooLong);
  return formatted;
};
