import { readReference } from './character-reference.ts';

const tags = new Set([
  ...['a', 'b', 'strong', 'i', 'em', 's', 'strike', 'del', 'u', 'ins'],
  ...['tg-spoiler', 'tg-emoji', 'span', 'pre', 'code', 'blockquote'],
]);

export interface StartTag {
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** Behind its `>`. */
  end: number;
}

/** Offsets in what Telegram says are bytes of UTF-8. */
export const byteOffset = (source: string, index: number): number =>
  Buffer.byteLength(source.slice(0, index));

export const isSpace = (character: string | undefined): boolean =>
  character !== undefined && ' \t\r\n\v'.includes(character);

const skip = (source: string, from: number, while_: (character: string) => boolean): number => {
  let index = from;
  while (index < source.length && while_(source.charAt(index))) index += 1;
  return index;
};

interface Value {
  text: string;
  end: number;
}

const readQuoted = (source: string, start: number): Value => {
  const quote = source.charAt(start);
  let text = '';
  let index = start + 1;
  while (index < source.length && source.charAt(index) !== quote) {
    const reference = source[index] === '&' ? readReference(source, index) : undefined;
    text += reference?.character ?? source.charAt(index);
    index += reference?.length ?? 1;
  }
  return { text, end: Math.min(index + 1, source.length) };
};

const readName = (source: string, start: number): Value => {
  const end = skip(source, start, (character) => /[a-zA-Z0-9.-]/.test(character));
  if (end < source.length && (isSpace(source[end]) || source[end] === '>')) {
    return { text: source.slice(start, end).toLowerCase(), end };
  }
  throw new Error(`Unexpected end of name token at byte offset ${byteOffset(source, start)}`);
};

/** Reads the tag whose `<` is at `start`. Throws an Error with the words of Telegram. */
export const readStartTag = (source: string, start: number): StartTag => {
  const at = `at byte offset ${byteOffset(source, start)}`;
  let index = skip(source, start + 1, (character) => !isSpace(character) && character !== '>');
  if (index >= source.length) throw new Error(`Unclosed start tag ${at}`);
  const name = source.slice(start + 1, index).toLowerCase();
  if (!tags.has(name)) throw new Error(`Unsupported start tag "${name}" ${at}`);

  const attributes = new Map<string, string>();
  for (;;) {
    index = skip(source, index, isSpace);
    if (source[index] === '>') return { name, attributes, end: index + 1 };
    const nameEnd = skip(source, index, (c) => !isSpace(c) && c !== '=' && c !== '>');
    const attribute = source.slice(index, nameEnd).toLowerCase();
    if (index < source.length && attribute === '') {
      throw new Error(`Empty attribute name in the tag "${name}" ${at}`);
    }
    index = skip(source, nameEnd, isSpace);
    if (index >= source.length) throw new Error(`Unclosed start tag "${name}" ${at}`);
    if (source[index] !== '=') {
      attributes.set(attribute, '');
      continue;
    }
    index = skip(source, index + 1, isSpace);
    if (index >= source.length) throw new Error(`Unclosed start tag "${name}" ${at}`);
    const quoted = source[index] === '"' || source[index] === "'";
    const value = quoted ? readQuoted(source, index) : readName(source, index);
    if (value.end >= source.length) throw new Error(`Unclosed start tag ${at}`);
    attributes.set(attribute, value.text);
    index = value.end;
  }
};
