import type { Style, Terminal } from '../frame/terminal.ts';
import { pad, truncate, widthOf } from './width.ts';

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** A column with a least width may be cut to it when the terminal is too narrow. */
  least?: number;
}

export interface Cell {
  /** Printable text of one line. */
  text: string;
  style?: Style | null;
}

const gap = 2;

/** Takes one column at a time from the widest that may shrink, until the row fits or none may. */
const shrink = (widths: number[], columns: readonly Column[], room: number): number[] => {
  const fitted = [...widths];
  let over = fitted.reduce((sum, width) => sum + width + gap, -gap) - room;
  while (over > 0) {
    let widest = -1;
    columns.forEach((column, i) => {
      const width = fitted[i] ?? 0;
      if (column.least === undefined || width <= column.least) return;
      if (widest < 0 || width > (fitted[widest] ?? 0)) widest = i;
    });
    if (widest < 0) break;
    fitted[widest] = (fitted[widest] ?? 0) - 1;
    over -= 1;
  }
  return fitted;
};

/** Lays `rows` out under a dim header, within the terminal's width. */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  terminal: Terminal,
): string[] => {
  const natural = columns.map((column, i) =>
    Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[i]?.text ?? ''))),
  );
  const widths = shrink(natural, columns, terminal.columns);
  const lay = (cells: readonly Cell[]): string => {
    const laid = columns.map((column, i) => {
      const cell = cells[i] ?? { text: '' };
      const width = widths[i] ?? 0;
      const text = pad(truncate(cell.text, width), width, column.align);
      // Blanks at the end of a line would only wrap.
      const tidy = i === columns.length - 1 ? text.trimEnd() : text;
      return terminal.paint(cell.style ?? null, tidy);
    });
    return laid.join(' '.repeat(gap)).trimEnd();
  };
  const header = columns.map(({ title }): Cell => ({ text: title, style: 'dim' }));
  return [lay(header), ...rows.map(lay)];
};
