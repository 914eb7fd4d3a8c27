import { cleanLine, cleanText } from './clean.ts';
import { isRisky } from './risky.ts';

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

export const textOf = (rich: Rich): string =>
  flat(rich)
    .map(({ text }) => text)
    .join('');

/** `… and more`, never within a character. At most `most` UTF-16 units. */
export const shortened = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
};

/** A name, a command line, an id: words of others, in one line. */
export const code = (text: string, most = 200): Span => ({
  text: shortened(cleanLine(text), most) || '?',
  style: 'code',
});

/** Lines of a terminal. Blank ones at both ends are left out. */
export const pre = (text: string): Span => ({
  text: cleanText(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, ''),
  style: 'pre',
});

export const bold = (text: string): Span => ({ text, style: 'bold' });

export const italic = (text: string): Span => ({ text, style: 'italic' });

/** Telegram forgets what is past 100 in a message; a text with more than a few would be hard to read anyway. */
const mostRisky = 8;

/**
 * A sentence with words of others in it, in one line: what Telegram would make a link, a mention or a command of
 * stands as code.
 */
export const foreign = (text: string, style: 'plain' | 'bold' = 'plain', most = 1000): Span[] => {
  const line = shortened(cleanLine(text), most);
  return limited(marked(line, style), line);
};

const limited = (spans: Span[], line: string): Span[] => {
  const risky = spans.filter((span) => span.style === 'code').length;
  return risky > mostRisky ? [{ text: line, style: 'code' }] : spans;
};

const marked = (line: string, style: 'plain' | 'bold'): Span[] => {
  const words = line.split(/(\s)/);
  const isOne = (i: number): boolean =>
    isRisky(words[i] ?? '', words[i - 2] ?? '', words[i + 2] ?? '');
  // The blank between two of them is one of them.
  return words
    .map((text, i): Span => {
      const risky = i % 2 === 0 ? isOne(i) : isOne(i - 1) && isOne(i + 1);
      return { text, style: risky ? 'code' : style };
    })
    .reduce(merge, []);
};

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The same, where these names, as words of their own, stand as code too. */
export const foreignNaming = (
  text: string,
  style: 'plain' | 'bold',
  names: readonly string[],
  most = 1000,
): Span[] => {
  const known = names.map(cleanLine).filter((name) => name !== '');
  if (known.length === 0) return foreign(text, style, most);
  // The longest first: one name may be the beginning of another.
  const any = known.sort((a, b) => b.length - a.length).map(literal);
  const form = new RegExp(`(?<=^|\\s)(${any.join('|')})(?=$|[\\s,:])`, 'u');
  const line = cleanLine(text);
  const spans = line
    .split(form)
    .flatMap((piece, i) => (i % 2 === 1 ? [code(piece)] : marked(shortened(piece, most), style)))
    .reduce(merge, []);
  return limited(spans, shortened(line, most));
};

export const joined = (pieces: readonly Rich[], between: string): Rich =>
  pieces.flatMap((piece, i) => (i === 0 ? [piece] : [between, piece]));

/** One below the other; what is null is left out. */
export const lines = (...all: (Rich | null)[]): Rich =>
  joined(
    all.filter((line): line is Rich => line !== null),
    '\n',
  );
