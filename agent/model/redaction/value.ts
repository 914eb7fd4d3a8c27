import { mark, type Span } from './span.ts';

const quotes = '"\'`';

/** Where a quoted text ends that opens with `quote` just before `from`: at the quote or at the line's end. */
const quotedEnd = (text: string, from: number, quote: string, limit: number): number => {
  let at = from;
  while (at < limit && text[at] !== '\n' && !text.startsWith(quote, at)) {
    // In "…" a backslash protects the next character; in \"…\" (JSON in JSON) it is part of the quote.
    at += text[at] === '\\' && quote.length === 1 ? 2 : 1;
  }
  return Math.min(at, limit);
};

const isStop = (character: string, inQuery: boolean): boolean =>
  character <= ' ' ||
  character === '\x7f' ||
  quotes.includes(character) ||
  (inQuery && (character === '&' || character === '#'));

const wordEnd = (text: string, from: number, inQuery: boolean, limit: number): number => {
  let at = from;
  while (at < limit && !isStop(text.charAt(at), inQuery)) {
    const escapes = text[at] === '\\' && text[at + 1] !== '\n';
    at += escapes ? 2 : 1;
  }
  return Math.min(at, limit);
};

/** What ends a sentence, a list or a call rather than a secret. */
const trailing = ')]},;.';

const coreEnd = (text: string, start: number, end: number): number => {
  let at = end;
  while (at > start && trailing.includes(text.charAt(at - 1))) at -= 1;
  return at;
};

/** A value as it stands after its key. */
export interface Value extends Span {
  readonly text: string;
}

const unquoted = (text: string, start: number, inQuery: boolean, limit: number): Value => {
  const whole = wordEnd(text, start, inQuery, limit);
  const end = text.startsWith(mark, start) ? whole : coreEnd(text, start, whole);
  return { start, end, text: text.slice(start, end) };
};

/** The quote at `at`, with the backslashes before it; null where there is none. */
const openingQuote = (text: string, at: number): string | null => {
  let end = at;
  while (end < at + 3 && text[end] === '\\') end += 1;
  return end < text.length && quotes.includes(text.charAt(end)) ? text.slice(at, end + 1) : null;
};

export const startsQuoted = (text: string, at: number): boolean => openingQuote(text, at) !== null;

/**
 * Reads the value that starts at `from`: in quotes, or up to white space (in a URL's query up to `&`), but no
 * more than `most` characters.
 */
export const readValue = (text: string, from: number, inQuery: boolean, most: number): Value => {
  const quote = openingQuote(text, from);
  const start = from + (quote?.length ?? 0);
  const limit = Math.min(text.length, start + most);
  if (quote === null) return unquoted(text, start, inQuery, limit);
  const end = quotedEnd(text, start, quote, limit);
  return { start, end, text: text.slice(start, end) };
};
