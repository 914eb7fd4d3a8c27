import { type Headline, headlineText } from '../../../../agent/model/text/headline.ts';
import type { Card } from '../../card.ts';
import type { Rich } from '../format/rich.ts';
import { headlineSpans } from '../headline.ts';

/** UTF-16 units of a headline that does not say what of it is a name. */
const mostWhole = 1000;

const isPart = (part: unknown): boolean =>
  typeof part === 'string' || typeof (part as { name?: unknown } | null)?.name === 'string';

const isParts = (parts: unknown): parts is Headline => Array.isArray(parts) && parts.every(isPart);

/** Parts as another release may have kept them: any JSON. Null where they do not make up the headline. */
const partsOf = ({ headline, headlineParts: parts }: Card): Headline | null =>
  isParts(parts) && headlineText(parts) === headline ? parts : null;

/** What of the headline is not known to be ours stands as code, all of it where nothing is known. */
export const cardHeadline = (card: Card, style: 'plain' | 'bold'): Rich =>
  headlineSpans(partsOf(card) ?? [{ name: card.headline }], style, mostWhole);

/** Who did it; null: nobody is named. */
export const cardByline = ({ byline }: Card): Rich | null =>
  isParts(byline) && byline.length > 0 ? headlineSpans(byline, 'plain') : null;
