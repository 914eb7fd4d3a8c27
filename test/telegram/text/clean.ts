import type { MessageEntity } from '@grammyjs/types';
import type { FormattedText } from './html.ts';

/** Gone: the carriage return, separators and overrides of direction, and combining lines over or under a character. */
const dropped = /\r|[\u2028-\u202e]|\u0333|\u033f|\u030a/;
const blanked = /[\u0000-\u0009\u000b-\u001f]/;

/** Of these alone a text is empty. */
const unseen = /^[\s\u00ad\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff]*$/;

/** Where each code unit of the source is in what is left, and what is left. */
const strip = (source: string): { text: string; moved: number[] } => {
  const moved: number[] = [];
  let text = '';
  for (let index = 0; index < source.length; index += 1) {
    moved.push(text.length);
    const unit = source.charAt(index);
    if (!dropped.test(unit)) text += blanked.test(unit) ? ' ' : unit;
  }
  moved.push(text.length);
  return { text, moved };
};

/** As Telegram stores a text: without control characters, and without white space around it that is in no entity in front. */
export const clean = (source: FormattedText): FormattedText => {
  const { text: whole, moved } = strip(source.text);
  if (unseen.test(whole)) return { text: '', entities: [] };
  const place = (index: number): number => moved[index] ?? whole.length;
  const firstEntity = Math.min(whole.length, ...source.entities.map(({ offset }) => place(offset)));
  const blanks = whole.length - whole.trimStart().length;
  const start = Math.min(blanks, firstEntity);
  const end = Math.max(start, whole.trimEnd().length);
  const entities = source.entities.flatMap((entity): MessageEntity[] => {
    const offset = place(entity.offset);
    const length = Math.min(end, place(entity.offset + entity.length)) - offset;
    return length > 0 ? [{ ...entity, offset: offset - start, length }] : [];
  });
  return { text: whole.slice(start, end), entities };
};
