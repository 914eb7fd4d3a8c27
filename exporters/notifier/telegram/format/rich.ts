import { shortened } from '../../../../agent/model/text/shortened.ts';
import { cleanLine, cleanText } from './clean.ts';

/** `plain` is read by Telegram for links, mentions and commands; `code` and `pre` are not. */
export type Style = 'plain' | 'bold' | 'italic' | 'code' | 'pre';

export interface Span {
  text: string;
  style: Style;
}

/** A message before it is markup. A string is a text of our own. */
export type Rich = string | Span | readonly Rich[];

const merge = (spans: Span[], span: Span): Span[] => {
  const last = spans.at(-1);
  if (last?.style === span.style) last.text += span.text;
  else if (span.text !== '') spans.push({ ...span });
  return spans;
};

const flat = (rich: Rich): Span[] => {
  if (typeof rich === 'string') return [{ text: rich, style: 'plain' }];
  return 'style' in rich ? [rich] : rich.flatMap(flat);
};

/** Neighbours differ in style, and none is empty. */
export const spansOf = (rich: Rich): Span[] => flat(rich).reduce(merge, []);

/** A name, a command line, an id: words of others, in one line. */
export const code = (text: string, most = 200): Span => ({
  text: shortened(cleanLine(text), most) || '?',
  style: 'code',
});

const isSeen = (line: string): boolean => line !== '';

/** Lines of a terminal. Blank ones at both ends are left out. */
export const pre = (text: string): Span => {
  const rows = cleanText(text)
    .split('\n')
    .map((line) => line.trimEnd());
  const seen = rows.slice(rows.findIndex(isSeen), rows.findLastIndex(isSeen) + 1);
  return { text: seen.join('\n'), style: 'pre' };
};

export const bold = (text: string): Span => ({ text, style: 'bold' });

export const italic = (text: string): Span => ({ text, style: 'italic' });

/** One below the other; what is null is left out. */
export const lines = (...all: (Rich | null)[]): Rich =>
  all
    .filter((line): line is Rich => line !== null)
    .flatMap((line, i) => (i === 0 ? [line] : ['\n', line]));
