import type { Style, Terminal } from '../frame/terminal.ts';
import { pad, truncate, widthOf } from './width.ts';

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** A column with a least width may be cut to it when the terminal is too narrow. */
  least?: number;
  /** Left out when even that is not enough: the greatest number first. */
  optional?: number;
}

export interface Cell {
  /** Printable text of one line. */
  text: string;
  style?: Style | null;
}

const gap = 2;

const totalOf = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width + gap, -gap);

interface Laid extends Column {
  /** Its place in a row. */
  index: number;
  width: number;
}

const leastOf = ({ width, least = width }: Laid): number => Math.min(width, least);

/** Leaves columns out until the rest can be made to fit. */
const choose = (columns: readonly Laid[], room: number): Laid[] => {
  let kept = [...columns];
  while (totalOf(kept.map(leastOf)) > room) {
    const ranks = kept.map(({ optional = 0 }) => optional);
    const first = ranks.indexOf(Math.max(...ranks));
    if (ranks[first] === 0) break;
    kept = kept.filter((_, i) => i !== first);
  }
  return kept;
};

/** Takes one blank at a time from the widest column that may be cut, until all fit or none may. */
const shrink = (columns: readonly Laid[], room: number): Laid[] => {
  const fitted = columns.map((column) => ({ ...column }));
  for (let over = totalOf(fitted.map(({ width }) => width)) - room; over > 0; over -= 1) {
    const wide = fitted.filter((column) => column.width > (column.least ?? column.width));
    const [widest] = wide.sort((a, b) => b.width - a.width);
    if (!widest) break;
    widest.width -= 1;
  }
  return fitted;
};

/** Lays `rows` out under a dim header, within the terminal's width. */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  terminal: Terminal,
): string[] => {
  const natural = columns.map(
    (column, index): Laid => ({
      ...column,
      index,
      width: Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[index]?.text ?? ''))),
    }),
  );
  const laid = shrink(choose(natural, terminal.columns), terminal.columns);
  const lay = (cells: readonly Cell[]): string => {
    const texts = laid.map(({ index, width, align }, i) => {
      const cell = cells[index] ?? { text: '' };
      const text = pad(truncate(cell.text, width), width, align);
      // Blanks at the end of a line would only wrap.
      const tidy = i === laid.length - 1 ? text.trimEnd() : text;
      return terminal.paint(cell.style ?? null, tidy);
    });
    return texts.join(' '.repeat(gap)).trimEnd();
  };
  const header = columns.map(({ title }): Cell => ({ text: title, style: 'dim' }));
  return [lay(header), ...rows.map(lay)];
};
