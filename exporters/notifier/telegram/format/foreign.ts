import { shortened } from '../../../../agent/model/text/shortened.ts';
import { cleanLine } from './clean.ts';
import { type Span, spansOf } from './rich.ts';
import { isRisky } from './risky.ts';

/** Telegram forgets what is past 100 in a message; a text with more than a few would be hard to read anyway. */
const mostRisky = 8;
/** UTF-16 units of a sentence. */
const usualMost = 1000;

type ForeignStyle = 'plain' | 'bold';

/** Words that Telegram must not read stand as code. */
export const marked = (line: string, style: ForeignStyle): Span[] => {
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
