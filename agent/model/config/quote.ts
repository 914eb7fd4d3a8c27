import { redact } from '../redaction.ts';

const maxShown = 80;

/** What would act on a terminal, part a line or reorder it. */
const acting = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const cut = (text: string): string =>
  text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;

/** Text from a file or an error as one can print it: short, without control characters and secrets. */
export const printable = (text: string): string => cut(redact(text).text).replace(acting, escaped);

/** The same in quotes, written as JSON. */
export const quote = (text: string): string =>
  JSON.stringify(cut(redact(text).text)).replace(acting, escaped);
