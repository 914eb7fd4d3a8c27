import type { Cell } from '../cell.ts';
import { hex } from '../colour.ts';
import { rectangle } from '../shape/shape.ts';
import { boxOf, type Metrics } from './metrics.ts';

/** Under, through and over a cell: of our own, so that they go on under blanks and characters of other fonts. */
export const linesSvg = (cell: Cell, metrics: Metrics): string => {
  if (!cell.underline && !cell.strike && !cell.overline) return '';
  const { x, width, height } = boxOf(cell, metrics);
  const { line, baseline, cellWidth } = metrics;
  const paths = [
    cell.underline ? rectangle(x, Math.min(height - line, baseline + 2 * line), width, line) : '',
    cell.strike ? rectangle(x, baseline - Math.round(0.45 * cellWidth), width, line) : '',
    cell.overline ? rectangle(x, 0, width, line) : '',
  ];
  return `<path fill="${hex(cell.ink)}" d="${paths.join('')}"/>`;
};
