import { isBlank } from './cell.ts';
import { maxPhotoRatio, maxPhotoSides } from './photo.ts';
import type { Screen } from './screen.ts';

/** Pixels, all of them whole numbers, so that what fills cells joins. */
export interface Layout {
  /** What is drawn of the screen. */
  columns: number;
  rows: number;
  cellWidth: number;
  cellHeight: number;
  /** Around the screen. */
  padding: number;
  /** Height of the bar above all that; 0 without a title. */
  titleHeight: number;
  /** Of the picture; a strip has empty space beside it. */
  width: number;
  height: number;
}

/**
 * A phone shows a picture as wide as itself, 1,080 to 1,440 pixels, so narrow text is the larger the less of it there is.
 * Empty columns on the right are therefore left out, as many rows below; a screen does not get narrower than this, which
 * would make a strip of it.
 */
const minColumns = 40;

/** Widest that is worth it: Telegram keeps no more of a photo than 2,560 pixels, and people enlarge up to there. */
const aimedWidth = 2000;

/** Letters this narrow can be read when the picture is enlarged; above it, more pixels show nothing more. */
const [minCellWidth, maxCellWidth] = [8, 20];

/** Width and height together (maxPhotoSides), less five paddings. */
const maxSides = maxPhotoSides - 5 * maxCellWidth;

const lastBlankFrom = (screen: Screen): { columns: number; rows: number } => {
  let [columns, rows] = [0, 0];
  for (let y = 0; y < screen.rows; y++) {
    const last = screen.row(y).findLast((cell) => !isBlank(cell));
    if (!last) continue;
    rows = y + 1;
    columns = Math.max(columns, last.column + last.width);
  }
  return { columns, rows };
};

/** Even, so that half a cell is whole pixels too. Twice as high as wide: a line of DejaVu Sans Mono is 1.93. */
const cellWidthFor = (columns: number, rows: number): number => {
  const wanted = Math.max(minCellWidth, Math.min(maxCellWidth, aimedWidth / columns));
  return 2 * Math.floor(Math.min(wanted, maxSides / (columns + 2 * rows)) / 2);
};

/** @param title whether there is one to be shown. */
export const layOut = (screen: Screen, title: boolean): Layout => {
  const used = lastBlankFrom(screen);
  const columns = Math.min(screen.columns, Math.max(used.columns, minColumns));
  const rows = Math.max(1, used.rows);
  const shownColumns = Math.max(columns, minColumns);
  const cellWidth = cellWidthFor(shownColumns, rows + (title ? 1 : 0));
  const padding = cellWidth;
  const titleHeight = title ? 2 * cellWidth + padding : 0;
  const width = shownColumns * cellWidth + 2 * padding;
  const height = titleHeight + rows * 2 * cellWidth + 2 * padding;
  return {
    ...{ columns, rows, cellWidth, cellHeight: 2 * cellWidth, padding, titleHeight },
    width: Math.max(width, Math.ceil(height / maxPhotoRatio)),
    height: Math.max(height, Math.ceil(width / maxPhotoRatio)),
  };
};
