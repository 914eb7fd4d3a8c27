import { stripVTControlCharacters } from 'node:util';

/**
 * What nobody can see, or what misleads who reads: controls, marks that change the direction of text, zero-width and
 * other invisible characters, lone surrogates, noncharacters. The first alternative keeps the joiner inside of an emoji.
 */
const unseen =
  /(\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?\u200d)(?=\p{Extended_Pictographic})|[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]--[\n\ufe0e\ufe0f]]/gv;

/** More marks on one letter grow over the lines around it. */
const stacked = /(\p{M}{3})\p{M}+/gu;

const tab = '    ';

/** Hostile text of many lines, such as a screen, made safe to show. Idempotent. */
export const cleanText = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', tab)
    .replace(unseen, (_, emoji: string | undefined) => emoji ?? '')
    .replace(stacked, '$1');

/** The same in one line. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim();

/** Whether a reader would see anything of it: Telegram refuses a message of blanks, U+2800 among them. */
export const isBlank = (text: string): boolean => !/[^\s\u2800]/.test(text);
