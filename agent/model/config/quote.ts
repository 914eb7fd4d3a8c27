import { redact } from '../redaction.ts';

const maxShown = 80;

/** What would act on a terminal or reorder a line, besides what JSON escapes by itself. */
const acting = /[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const cut = (text: string): string =>
  text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;

/** Text from a file as one can print it: in quotes, short, without control characters and secrets. */
export const quote = (text: string): string =>
  JSON.stringify(cut(redact(text).text)).replace(acting, escaped);
