import { mark, type Span } from './span.ts';

/** Colours and cursor movements (ECMA-48 5.4) and short escapes. Titles and links have text of their own: not here. */
const escapes = /\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|[()*+][0-9A-Z]|[=>78cDEHMNOZ])/g;

const escapesIn = (text: string): Span[] =>
  text.includes('\x1b')
    ? Array.from(text.matchAll(escapes), (match) => ({
        start: match.index,
        end: match.index + match[0].length,
      }))
    : [];

/** Whether a line may fill `width` columns: wide characters take two, combining ones none. */
const mayFill = (line: string, width: number): boolean => {
  const plain = line.replace(escapes, '');
  const ascii = plain.replace(/[^\x20-\x7e]+/g, '').length;
  return plain.length === ascii ? ascii >= width : ascii + 2 * (plain.length - ascii) >= width;
};

/** Line feeds that stand where the terminal ran out of columns, not where the program ended a line. */
const wrapsIn = (text: string, width: number): Span[] => {
  const wraps: Span[] = [];
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', start)) {
    const line = text.slice(start, at);
    // What has been redacted is no longer as wide as it was.
    if (mayFill(line, width) && !line.endsWith(mark)) wraps.push({ start: at, end: at + 1 });
    start = at + 1;
  }
  return wraps;
};

/** A text without what a reader does not see in it, and the way back to the whole one. */
export interface View {
  readonly text: string;
  /** Turns a span of `text` into one of the original. */
  readonly original: (span: Span) => Span;
}

const viewWithout = (text: string, gaps: readonly Span[]): View => {
  const parts: string[] = [];
  /** Per part: where it starts in the view, and how much was left out before it. */
  const starts: number[] = [];
  const skipped: number[] = [];
  let from = 0;
  let length = 0;
  for (const { start, end } of [...gaps, { start: text.length, end: text.length }]) {
    parts.push(text.slice(from, start));
    starts.push(length);
    skipped.push(from - length);
    length += start - from;
    from = end;
  }
  const place = (offset: number): number => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return offset + (skipped[low] ?? 0);
  };
  return {
    text: parts.join(''),
    original: ({ start, end }) => ({ start: place(start), end: place(end - 1) + 1 }),
  };
};

/** The text as a reader of the screen sees it; null where that is the text itself. */
export const viewOf = (text: string, gaps: readonly Span[]): View | null =>
  gaps.length === 0 ? null : viewWithout(text, gaps);

/** Escape sequences and, where the width of the screen is known, the line feeds of wrapped lines; sorted. */
export const gapsIn = (text: string, screenWidth: number | null): Span[] =>
  screenWidth === null
    ? escapesIn(text)
    : [...escapesIn(text), ...wrapsIn(text, screenWidth)].sort((a, b) => a.start - b.start);
