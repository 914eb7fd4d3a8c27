import xterm, { type IBufferCell, type Terminal as Xterm } from '@xterm/headless';
import type { Cell } from './cell.ts';
import { background, dim, foreground, paletteColour, type Rgb } from './colour.ts';
import { createGraphemes } from './graphemes.ts';
import { printable } from './printable.ts';

export interface Screen {
  columns: number;
  rows: number;
  /** The cells of one row, from the left; a wide one counts once. */
  row(y: number): Cell[];
}

/** Of one character: the longest sequences of emoji have eleven. */
const maxCodePoints = 12;

/**
 * SO has to mean line drawing, as tmux supposes; and a line that is too long stays one line, so that those below
 * it are where they were.
 */
const preparation = '\x1b)0\x1b[?7l';

const inkOf = (cell: IBufferCell): Rgb => {
  if (cell.isFgDefault()) return foreground;
  return cell.isFgRGB() ? cell.getFgColor() : paletteColour(cell.getFgColor());
};

const paperOf = (cell: IBufferCell): Rgb | null => {
  if (cell.isBgDefault()) return null;
  return cell.isBgRGB() ? cell.getBgColor() : paletteColour(cell.getBgColor());
};

const coloursOf = (cell: IBufferCell): { ink: Rgb; paper: Rgb | null } => {
  const [own, behind] = [inkOf(cell), paperOf(cell)];
  const [ink, paper] = cell.isInverse() ? [behind ?? background, own] : [own, behind];
  return { ink: cell.isDim() ? dim(ink, paper ?? background) : ink, paper };
};

const textOf = (cell: IBufferCell): string => {
  const text = cell.getChars();
  if (text.trim() === '' || cell.isInvisible()) return '';
  return text.length <= maxCodePoints ? text : [...text].slice(0, maxCodePoints).join('');
};

const toCell = (cell: IBufferCell, column: number): Cell => ({
  column,
  width: cell.getWidth(),
  text: textOf(cell),
  ...coloursOf(cell),
  bold: cell.isBold() !== 0,
  italic: cell.isItalic() !== 0,
  underline: cell.isUnderline() !== 0,
  overline: cell.isOverline() !== 0,
  strike: cell.isStrikethrough() !== 0,
});

const screenOf = (terminal: Xterm): Screen => {
  const reused = terminal.buffer.active.getNullCell();
  return {
    columns: terminal.cols,
    rows: terminal.rows,
    row: (y) => {
      const line = terminal.buffer.active.getLine(y);
      const cells: Cell[] = [];
      for (let x = 0; x < terminal.cols; x++) {
        const cell = line?.getCell(x, reused);
        if (cell && cell.getWidth() > 0) cells.push(toCell(cell, x));
      }
      return cells;
    },
  };
};

/** What a terminal of that size shows when it is given the text, a line a row; the last ones when there are more. */
export const interpretScreen = async (
  text: string,
  columns: number,
  rows: number,
): Promise<Screen> => {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 0,
    convertEol: true,
    allowProposedApi: true,
    logLevel: 'off',
  });
  terminal.loadAddon(await createGraphemes());
  const lines = printable(text).replace(/\n$/, '');
  await new Promise<void>((resolve) => terminal.write(preparation + lines, resolve));
  return screenOf(terminal);
};
