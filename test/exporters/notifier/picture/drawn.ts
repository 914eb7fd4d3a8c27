import { drawPicture } from '../../../../exporters/notifier/picture/draw.ts';
import { type Pixels, readPng } from './read-png.ts';

/** Pixels by cell; without a title and below 100 columns, a cell is 20 wide, 40 high, and 20 are around everything. */
export interface Drawn extends Pixels {
  /** One pixel in a cell, counted from its upper left corner. */
  in(column: number, row: number, x: number, y: number): string;
  /** Every colour in a cell. */
  coloursIn(column: number, row: number): Set<string>;
}

export const cell = { width: 20, height: 40 };

/** A screen of 80 x 24 as it is drawn. */
export const drawn = async (text: string, size = { columns: 80, rows: 24 }): Promise<Drawn> => {
  const pixels = readPng(await drawPicture({ text, title: '', ...size }, Number.POSITIVE_INFINITY));
  const at = (column: number, row: number, x: number, y: number): string =>
    pixels.at(20 + column * cell.width + x, 20 + row * cell.height + y);
  return {
    ...pixels,
    in: at,
    coloursIn: (column, row) => {
      const found = new Set<string>();
      for (let y = 0; y < cell.height; y++) {
        for (let x = 0; x < cell.width; x++) found.add(at(column, row, x, y));
      }
      return found;
    },
  };
};
