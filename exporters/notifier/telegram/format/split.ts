import { isBlank } from './clean.ts';
import { type Rich, type Span, spansOf } from './rich.ts';

/** A text message, after its markup is parsed, in UTF-16 units (https://core.telegram.org/bots/api#sendmessage). */
export const mostUnits = 4096;

/** Telegram takes 100 and forgets the rest (https://core.telegram.org/api/entities). */
const mostStyled = 90;

const lowSurrogate = /^[\udc00-\udfff]/;
const continues = /^(?:\p{M}|\u200d|[\u{1f3fb}-\u{1f3ff}])/u;
/** The longest emoji that people use are shorter. */
const longestCharacter = 32;

const isWithinCharacter = (text: string, at: number): boolean =>
  lowSurrogate.test(text.slice(at, at + 1)) ||
  continues.test(text.slice(at, at + 2)) ||
  text[at - 1] === '\u200d';

/** Where to cut a line that is too long by itself: at a blank, else between two characters. */
const cutOf = (text: string, room: number): number => {
  const blank = text.lastIndexOf(' ', room - 1) + 1;
  if (blank > room / 2) return blank;
  for (let at = room; at > Math.max(1, room - longestCharacter); at -= 1)
    if (!isWithinCharacter(text, at)) return at;
  return lowSurrogate.test(text.slice(room, room + 1)) ? room - 1 : room;
};

/** Spans of at most one line each; its line feed, which only the last one of a line has, is part of it. */
const piecesOf = (spans: readonly Span[]): Span[] =>
  spans.flatMap(({ text, style }) =>
    text.split(/(?<=\n)/).map((piece): Span => ({ text: piece, style })),
  );

const linesOf = (pieces: readonly Span[]): Span[][] => {
  const lines: Span[][] = [[]];
  for (const piece of pieces) {
    lines.at(-1)?.push(piece);
    if (piece.text.endsWith('\n')) lines.push([]);
  }
  return lines;
};

/** A message that grows line by line. */
interface Part {
  spans: Span[];
  units: number;
  styled: number;
}

const emptyPart = (): Part => ({ spans: [], units: 0, styled: 0 });

/** Adds a span; one in the style of the last one makes no entity of its own. */
const add = (part: Part, { text, style }: Span): void => {
  const last = part.spans.at(-1);
  part.units += text.length;
  if (last?.style === style) {
    last.text += text;
    return;
  }
  if (style !== 'plain') part.styled += 1;
  part.spans.push({ text, style });
};

const fits = (part: Part, line: readonly Span[], limit: number): boolean => {
  const units = line.reduce((sum, { text }) => sum + text.length, part.units);
  const styled = line.filter(({ style }) => style !== 'plain').length;
  const goesOn = part.spans.at(-1)?.style === line[0]?.style && line[0]?.style !== 'plain';
  return units <= limit && part.styled + styled - (goesOn ? 1 : 0) <= mostStyled;
};

/** A line that fits no message, in parts that do. */
const cutLine = (line: readonly Span[], limit: number): Part[] => {
  const parts = [emptyPart()];
  let part = parts[0] ?? emptyPart();
  const next = (): void => {
    part = emptyPart();
    parts.push(part);
  };
  for (const { text, style } of line) {
    let rest = text;
    while (rest !== '') {
      if (limit - part.units < 2 || part.styled === mostStyled) next();
      const room = limit - part.units;
      const cut = rest.length <= room ? rest.length : cutOf(rest, room);
      add(part, { text: rest.slice(0, cut), style });
      rest = rest.slice(cut);
      if (rest !== '') next();
    }
  }
  return parts;
};

const isSeen = (spans: readonly Span[]): boolean => spans.some(({ text }) => !isBlank(text));

/**
 * A message as several that Telegram takes, cut between lines where that is possible, never within a character.
 * Together they are the whole text; only parts in which nobody would see anything are left out.
 * @param limit UTF-16 units, at least 64
 */
export const split = (rich: Rich, limit: number = mostUnits): Span[][] => {
  const parts = [emptyPart()];
  for (const line of linesOf(piecesOf(spansOf(rich)))) {
    const part = parts.at(-1);
    if (part && fits(part, line, limit)) for (const span of line) add(part, span);
    else parts.push(...cutLine(line, limit));
  }
  return parts.map(({ spans }) => spans).filter(isSeen);
};
