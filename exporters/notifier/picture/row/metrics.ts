import type { Cell } from '../cell.ts';
import type { Box } from '../shape/shape.ts';

/** Of a glyph of DejaVu Sans Mono, which is to be a cell wide, in its em. */
const advance = 1233 / 2048;

/** Where letters stand, in widths of a cell: the ascent of that font and half of what a row has left of its height. */
const baseline = 1.575;

/** Pixels. */
export interface Metrics {
  cellWidth: number;
  cellHeight: number;
  /** How thick a thin line is. */
  line: number;
  /** From the top of a row. */
  baseline: number;
  fontSize: number;
}

export const metricsFor = (cellWidth: number): Metrics => ({
  cellWidth,
  cellHeight: 2 * cellWidth,
  line: Math.max(1, Math.round(cellWidth / 10)),
  baseline: Math.round(baseline * cellWidth),
  fontSize: cellWidth / advance,
});

/** The place of a cell in its row. */
export const boxOf = (cell: Cell, { cellWidth, cellHeight, line }: Metrics): Box => ({
  x: cell.column * cellWidth,
  y: 0,
  width: cell.width * cellWidth,
  height: cellHeight,
  line,
});
