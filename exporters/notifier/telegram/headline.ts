import type { Headline } from '../../../agent/model/text/headline.ts';
import { cleanText } from './format/clean.ts';
import { marked } from './format/foreign.ts';
import { code, type Rich, type Span, spansOf } from './format/rich.ts';
import { cardTexts } from './texts/card.ts';

/** UTF-16 units of a name. */
const mostOfName = 200;

/** What begins like one of our own states: with a sign, or the word. */
const mimics =
  /^[^\p{L}\p{N}]*(?:\p{Extended_Pictographic}|(?:critical|error|warning|notice|info|resolved|acknowledged)(?!\p{L}))/iu;

/**
 * Names stand as code, whatever they are, and what is ours is in `style`; no name at its beginning reads as one of
 * our states.
 */
export const headlineSpans = (
  headline: Headline,
  style: 'plain' | 'bold',
  mostName: number = mostOfName,
): Rich => {
  const spans = spansOf(
    headline.flatMap((part): Span[] =>
      typeof part === 'string'
        ? marked(cleanText(part).replace(/\s+/g, ' '), style)
        : [code(part.name, mostName)],
    ),
  );
  const isMimic = spans[0] !== undefined && mimics.test(spans[0].text);
  return isMimic ? [{ text: cardTexts.named, style }, ...spans] : spans;
};
