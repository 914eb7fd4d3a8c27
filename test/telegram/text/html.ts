import type { MessageEntity } from '@grammyjs/types';
import { readReference } from './character-reference.ts';
import { entityOfTag, type OpenTag } from './entity-of-tag.ts';
import { inOrder } from './entity-order.ts';
import { byteOffset, isSpace, readStartTag } from './start-tag.ts';

export interface FormattedText {
  text: string;
  /** Offsets and lengths in UTF-16 code units, as those of a string of ours. */
  entities: MessageEntity[];
}

interface Open extends OpenTag {
  offset: number;
}

interface EndTag {
  name: string;
  end: number;
}

const readEndTag = (source: string, start: number): EndTag => {
  let index = start + 2;
  while (index < source.length && !isSpace(source[index]) && source[index] !== '>') index += 1;
  const name = source.slice(start + 2, index).toLowerCase();
  while (isSpace(source[index])) index += 1;
  if (source[index] !== '>') {
    throw new Error(`Unclosed end tag at byte offset ${byteOffset(source, start)}`);
  }
  return { name, end: index + 1 };
};

const languageOf = ({ name, attributes }: OpenTag): string =>
  name === 'code' ? (/^language-(.+)$/.exec(attributes.get('class') ?? '')?.[1] ?? '') : '';

/** `<pre><code class="language-x">` and its reverse are one entity, if the two hold the same text. */
const addEntity = (
  entities: MessageEntity[],
  languages: Map<MessageEntity, string>,
  entity: MessageEntity,
  language: string,
): void => {
  const last = entities.at(-1);
  const same = last?.offset === entity.offset && last.length === entity.length;
  const types = `${last?.type} ${entity.type}`;
  const combined = language || (last && languages.get(last)) || '';
  if (last && same && combined !== '' && (types === 'code pre' || types === 'pre code')) {
    const { offset, length } = entity;
    entities.splice(-1, 1, { type: 'pre', offset, length, language: combined });
    return;
  }
  if (language !== '') languages.set(entity, language);
  entities.push(entity);
};

const checkSpan = (tag: OpenTag, source: string, start: number): void => {
  if (tag.name !== 'span' || tag.attributes.get('class') === 'tg-spoiler') return;
  const at = byteOffset(source, start);
  throw new Error(`Tag "span" must have class "tg-spoiler" at byte offset ${at}`);
};

/** Reads text with `parse_mode` HTML as strictly as Telegram does. Throws an Error with its words. */
export const parseHtml = (source: string): FormattedText => {
  const entities: MessageEntity[] = [];
  const languages = new Map<MessageEntity, string>();
  const open: Open[] = [];
  let text = '';
  let index = 0;

  const close = (): void => {
    const { name, end } = readEndTag(source, index);
    const tag = open.pop();
    if (tag === undefined) return;
    if (name !== '' && name !== tag.name) {
      const at = byteOffset(source, index);
      const found = `expected "</${tag.name}>", found "</${name}>"`;
      throw new Error(`Unmatched end tag at byte offset ${at}, ${found}`);
    }
    index = end;
    const span = { offset: tag.offset, length: text.length - tag.offset };
    if (span.length === 0) return;
    const entity = entityOfTag(tag, text.slice(tag.offset), span);
    if (entity) addEntity(entities, languages, entity, languageOf(tag));
  };

  const readTag = (): void => {
    if (source[index + 1] !== '/') {
      const { end, ...tag } = readStartTag(source, index);
      checkSpan(tag, source, index);
      open.push({ ...tag, offset: text.length });
      index = end;
      return;
    }
    if (open.length === 0) {
      throw new Error(`Unexpected end tag at byte offset ${byteOffset(source, index)}`);
    }
    close();
  };

  while (index < source.length) {
    const character = source.charAt(index);
    if (character === '<') {
      readTag();
      continue;
    }
    const reference = character === '&' ? readReference(source, index) : undefined;
    text += reference?.character ?? character;
    index += reference?.length ?? 1;
  }

  const unclosed = open.at(-1);
  if (unclosed) {
    throw new Error(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  }
  if (!text.isWellFormed()) {
    throw new Error(
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    );
  }
  return { text, entities: inOrder(entities) };
};
