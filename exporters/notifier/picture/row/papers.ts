import type { Cell } from '../cell.ts';
import { hex, type Rgb } from '../colour.ts';
import { rectangle } from '../shape/shape.ts';
import type { Metrics } from './metrics.ts';

interface Stretch {
  paper: Rgb | null;
  from: number;
  to: number;
}

const stretchesOf = (cells: readonly Cell[]): Stretch[] => {
  const stretches: Stretch[] = [];
  for (const { paper, column, width } of cells) {
    const last = stretches.at(-1);
    if (last?.paper === paper) last.to = column + width;
    else stretches.push({ paper, from: column, to: column + width });
  }
  return stretches;
};

/** Behind the text, where it is not as everywhere: one shape for neighbours, so that no seam is seen. */
export const papersSvg = (cells: readonly Cell[], { cellWidth, cellHeight }: Metrics): string =>
  stretchesOf(cells)
    .map(({ paper, from, to }) => {
      if (paper === null) return '';
      const path = rectangle(from * cellWidth, 0, (to - from) * cellWidth, cellHeight);
      return `<path fill="${hex(paper)}" d="${path}"/>`;
    })
    .join('');
