import { type Rich, spansOf } from './rich.ts';

export interface Verbatim {
  type: 'code' | 'pre';
  /** UTF-16 units, as Telegram counts. */
  offset: number;
  length: number;
}

/**
 * The same message without markup: what was not to be read by Telegram is still named, by its place. Nothing is left
 * out of the text.
 */
export const plainOf = (rich: Rich): { text: string; entities: Verbatim[] } => {
  const entities: Verbatim[] = [];
  let whole = '';
  for (const { text, style } of spansOf(rich)) {
    if (style === 'code' || style === 'pre')
      entities.push({ type: style, offset: whole.length, length: text.length });
    whole += text;
  }
  return { text: whole, entities };
};
