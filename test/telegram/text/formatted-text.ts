import type { MessageEntity } from '@grammyjs/types';
import { badRequest } from '../api-error.ts';
import { clean } from './clean.ts';
import { withFound } from './found-entities.ts';
import { checkGiven } from './given-entities.ts';
import { type FormattedText, parseHtml } from './html.ts';

/** Of the source, before anything is parsed. */
const maxSourceBytes = 32_768;

/** In UTF-16 code units, after parsing: what both documents and clients count, and never more lenient than the server. */
export const maxTextLength = 4096;
export const maxCaptionLength = 1024;

export interface TextSource {
  text: string;
  parseMode: string;
  entities: MessageEntity[];
}

const parse = ({ text, parseMode, entities }: TextSource): FormattedText => {
  if (text === '' || parseMode === '' || parseMode === 'none') {
    return { text, entities: checkGiven(text, entities) };
  }
  // Markdown exists in the real thing. Nobody here needs it.
  if (parseMode !== 'html') throw badRequest('unsupported parse_mode');
  try {
    return parseHtml(text);
  } catch (error) {
    throw badRequest(`can't parse entities: ${(error as Error).message}`);
  }
};

/** The text as it arrives: parsed, cleaned, with what clients find in it. Its length is the caller's to judge. */
export const formatText = (source: TextSource): FormattedText => {
  if (Buffer.byteLength(source.text) > maxSourceBytes) throw badRequest('text is too long');
  if (!source.text.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  const { text, entities } = clean(parse({ ...source, parseMode: source.parseMode.toLowerCase() }));
  return { text, entities: withFound(text, entities) };
};
