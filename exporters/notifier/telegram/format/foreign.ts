import { cleanLine } from './clean.ts';
import { code, type Span, shortened, spansOf } from './rich.ts';
import { isRisky } from './risky.ts';

/** Telegram forgets what is past 100 in a message; a text with more than a few would be hard to read anyway. */
const mostRisky = 8;
/** UTF-16 units of a sentence. */
const usualMost = 1000;

type ForeignStyle = 'plain' | 'bold';

/** Words that Telegram must not read stand as code. */
const marked = (line: string, style: ForeignStyle): Span[] => {
  const words = line.split(/(\s)/);
  const isOne = (i: number): boolean =>
    isRisky(words[i] ?? '', words[i - 2] ?? '', words[i + 2] ?? '');
  return words.map((text, i) => {
    // The blank between two of them is one of them.
    const risky = i % 2 === 0 ? isOne(i) : isOne(i - 1) && isOne(i + 1);
    return { text, style: risky ? 'code' : style };
  });
};

/** The whole line as code, where most of it would be. */
const limited = (parts: readonly Span[], line: string): Span[] => {
  const spans = spansOf(parts);
  const risky = spans.filter(({ style }) => style === 'code').length;
  return risky > mostRisky ? [{ text: line, style: 'code' }] : spans;
};

/**
 * A sentence with words of others in it, in one line: what Telegram would make a link, a mention or a command of
 * stands as code.
 * @param most UTF-16 units
 */
export const foreign = (
  text: string,
  style: ForeignStyle = 'plain',
  most: number = usualMost,
): Span[] => {
  const line = shortened(cleanLine(text), most);
  return limited(marked(line, style), line);
};

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The same, where these names, as words of their own, stand as code too. */
export const foreignNaming = (
  text: string,
  style: ForeignStyle,
  names: readonly string[],
): Span[] => {
  const known = names.map(cleanLine).filter((name) => name !== '');
  if (known.length === 0) return foreign(text, style);
  // The longest first: one name may be the beginning of another.
  const any = known.sort((a, b) => b.length - a.length).map(literal);
  const form = new RegExp(`(?<=^|\\s)(${any.join('|')})(?=$|[\\s,:])`, 'u');
  const line = cleanLine(text);
  const parts = line
    .split(form)
    .flatMap((piece, i) =>
      i % 2 === 1 ? [code(piece)] : marked(shortened(piece, usualMost), style),
    );
  return limited(parts, shortened(line, usualMost));
};
