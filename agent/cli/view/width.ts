/** First and last code points of what terminals draw two columns wide (Unicode East Asian Width W and F). */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];

const emoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Letters, punctuation, arrows and box drawing that are one UTF-16 unit and one column each. */
const plain =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u257f]*$/;

/** What joins code points to one character: marks, joiners, variation selectors, skin tones, flags, Jamo. */
const joining =
  /\p{M}|\u200d|[\ufe00-\ufe0f]|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/u;

/** Signs that Unicode joins to what follows and terminals draw in a column of their own (GCB=Prepend). */
const prepended = /^[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e](?=.)/u;

/** Made on first use: loading its data takes time, and most text does without. */
let segmenter: Intl.Segmenter | undefined;

const graphemes = (text: string): string[] => {
  if (!joining.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
};

const graphemeWidth = (grapheme: string): number => {
  if (prepended.test(grapheme))
    return graphemeWidth(grapheme.slice(0, 1)) + widthOf(grapheme.slice(1));
  if (invisible.test(grapheme)) return 0;
  if (emoji.test(grapheme)) return 2;
  const point = grapheme.codePointAt(0) ?? 0;
  return wideRanges.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
};

/** Columns that printable text takes on a terminal. */
export const widthOf = (text: string): number =>
  plain.test(text)
    ? text.length
    : graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);

const cut = (text: string, columns: number): string => {
  if (plain.test(text)) return text.slice(0, columns);
  let used = 0;
  let kept = '';
  for (const grapheme of graphemes(text)) {
    used += graphemeWidth(grapheme);
    if (used > columns) break;
    kept += grapheme;
  }
  return kept;
};

/** At most `columns` wide; what was cut is shown by `…`. */
export const truncate = (text: string, columns: number): string => {
  if (widthOf(text) <= columns) return text;
  return columns < 1 ? '' : `${cut(text, columns - 1)}…`;
};

/** Exactly `columns` wide where the text is not wider. */
export const pad = (text: string, columns: number, align: 'left' | 'right' = 'left'): string => {
  const blanks = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
};
