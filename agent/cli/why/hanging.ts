import { printable } from '../../model/text/printable.ts';
import type { Terminal } from '../frame/terminal.ts';
import { truncate, widthOf } from '../view/width.ts';
import { wrap } from '../view/wrap.ts';

/** More lines than two for one thing push other things off the screen. */
const usualLines = 2;

/** The pieces of a word that is wider than a line. */
const pieces = (word: string, columns: number): string[] => {
  const all: string[] = [];
  let piece = '';
  for (const char of word) {
    if (piece !== '' && widthOf(piece + char) > columns) {
      all.push(piece);
      piece = '';
    }
    piece += char;
  }
  return [...all, piece];
};

/** Breaks `text` into lines of at most `columns`, and a longer word, too: nothing is cut. */
export const wrapWhole = (text: string, columns: number): string[] =>
  wrap(
    text
      .split(' ')
      .flatMap((word) => (widthOf(word) > columns ? pieces(word, columns) : [word]))
      .join(' '),
    columns,
  );

/** A dim label and its text, which goes on below itself; what is past `most` lines is cut. */
export const hanging = (
  label: string,
  text: string,
  width: number,
  terminal: Terminal,
  most: number = usualLines,
): string[] => {
  const start = printable(label);
  const indent = widthOf(start);
  const room = Math.max(8, width - indent);
  const wrapped = Number.isFinite(most)
    ? wrap(printable(text), room)
    : wrapWhole(printable(text), room);
  const rest = wrapped.slice(most - 1).join(' ');
  const lines = [...wrapped.slice(0, most - 1), ...(rest === '' ? [] : [truncate(rest, room)])];
  return (lines.length > 0 ? lines : ['']).map((line, i) =>
    i === 0 ? terminal.paint('dim', start) + line : ' '.repeat(indent) + line,
  );
};
