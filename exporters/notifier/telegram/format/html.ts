import { type Rich, type Span, type Style, spansOf } from './rich.ts';

const characters: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const escaped = (text: string): string => text.replace(/[&<>]/g, (c) => characters[c] ?? c);

const tags: Readonly<Record<Style, string | null>> = {
  plain: null,
  bold: 'b',
  italic: 'i',
  code: 'code',
  pre: 'pre',
};

const element = ({ text, style }: Span): string => {
  const tag = tags[style];
  return tag === null ? escaped(text) : `<${tag}>${escaped(text)}</${tag}>`;
};

/** As Telegram's parse mode HTML has it: no style lies in another, and every `&`, `<` and `>` is escaped. */
export const htmlOf = (rich: Rich): string => spansOf(rich).map(element).join('');
