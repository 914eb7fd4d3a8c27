import type { Rgb } from './colour.ts';

/** A place of the screen as it is to be drawn: what the terminal understood, with its colours settled. */
export interface Cell {
  /** From 0. */
  column: number;
  /** Columns it takes. */
  width: number;
  /** One character with its marks; empty where there is nothing to draw. */
  text: string;
  ink: Rgb;
  /** null: as everywhere. */
  paper: Rgb | null;
  bold: boolean;
  italic: boolean;
  underline: boolean;
  overline: boolean;
  strike: boolean;
}

/** Nothing of it would be seen. */
export const isBlank = (cell: Cell): boolean =>
  cell.text === '' && cell.paper === null && !cell.underline && !cell.overline && !cell.strike;
