import { matchAt } from './scan.ts';
import type { Finder, Span } from './span.ts';

const secret = /[\w-]{35,}/y;

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
};

/** Bot ids have eight digits or more; most colons fall at the first look, those of times of day at the second. */
const endsId = (text: string, colon: number): boolean =>
  isDigit(text, colon - 1) &&
  isDigit(text, colon - 4) &&
  /^\d{8}$/.test(text.slice(Math.max(0, colon - 8), colon));

/**
 * Tokens of Telegram bots, `123456789:AA…`; the number is the bot's public id and stays. Texts are full of
 * colons: a pattern that starts with one takes three times as long.
 */
export const findTelegramTokens: Finder = (text) => {
  const spans: Span[] = [];
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    const found = endsId(text, at) ? matchAt(secret, text, at + 1) : null;
    if (found !== null) spans.push({ start: at + 1, end: at + 1 + found.length });
  }
  return spans;
};
