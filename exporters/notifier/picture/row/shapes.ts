import type { Cell } from '../cell.ts';
import { background, hex } from '../colour.ts';
import type { Drawing } from '../emoji.ts';
import { shapeOf } from '../shape/of.ts';
import type { Layer } from '../shape/shape.ts';
import { boxOf, type Metrics } from './metrics.ts';

const layerSvg = ({ paint, path, opacity = 1 }: Layer, cell: Cell): string => {
  if (typeof paint === 'object') {
    return `<path fill="none" stroke="${hex(cell.ink)}" stroke-width="${paint.stroke}" d="${path}"/>`;
  }
  const fill = hex(paint === 'ink' ? cell.ink : (cell.paper ?? background));
  return `<path fill="${fill}" fill-opacity="${opacity}" d="${path}"/>`;
};

/** Null for what is not drawn but written. */
export const shapesSvg = (cell: Cell, metrics: Metrics): string | null => {
  const layers = shapeOf(cell.text, boxOf(cell, metrics));
  return layers?.map((layer) => layerSvg(layer, cell)).join('') ?? null;
};

/** As large as its cells allow, in the middle of them. */
export const drawingSvg = (cell: Cell, { body, size }: Drawing, metrics: Metrics): string => {
  const { x, width, height } = boxOf(cell, metrics);
  const side = Math.min(width, height);
  const place = `translate(${x + (width - side) / 2} ${(height - side) / 2})`;
  return `<g transform="${place} scale(${side / size})">${body}</g>`;
};

/** In place of a drawing. */
export const emptyBoxSvg = (cell: Cell, metrics: Metrics): string => {
  const { x, width, height, line } = boxOf(cell, metrics);
  const inside = `width="${width - 3 * line}" height="${height - 6 * line}"`;
  return `<rect x="${x + 1.5 * line}" y="${3 * line}" ${inside} fill="none" stroke="${hex(cell.ink)}" stroke-width="${line}"/>`;
};
