import { printable } from '../../model/printable.ts';
import type { Terminal } from '../frame/terminal.ts';
import { truncate, widthOf } from '../view/width.ts';
import { wrap } from '../view/wrap.ts';

/** More lines than two for one thing push other things off the screen. */
const mostLines = 2;

/** A dim label and its text, which goes on below itself; what is past two lines is cut. */
export const hanging = (
  label: string,
  text: string,
  width: number,
  terminal: Terminal,
): string[] => {
  const start = printable(label);
  const indent = widthOf(start);
  const room = Math.max(8, width - indent);
  const wrapped = wrap(printable(text), room);
  const rest = wrapped.slice(mostLines - 1).join(' ');
  const lines = [
    ...wrapped.slice(0, mostLines - 1),
    ...(rest === '' ? [] : [truncate(rest, room)]),
  ];
  return (lines.length > 0 ? lines : ['']).map((line, i) =>
    i === 0 ? terminal.paint('dim', start) + line : ' '.repeat(indent) + line,
  );
};
