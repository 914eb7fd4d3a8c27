import { stripVTControlCharacters } from 'node:util';

/**
 * What a terminal would obey or be misled by: C0 and C1 controls, DEL, line separators, lone surrogates,
 * invisible characters and the marks that change the direction of text. The zero-width joiner stays: emoji need it.
 */
const unprintable =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Hostile text made safe for one line of a terminal. Idempotent; never longer than the text. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/[\t\n\v\f\r]+/g, ' ')
    .replace(unprintable, '');

/** The same for text of many lines, such as a screen. */
export const printableLines = (text: string): string[] => text.split(/\r?\n/).map(printable);
