import { hex, titleBackground } from './colour.ts';
import type { FontNeed } from './fonts.ts';
import type { Layout } from './layout.ts';
import { type Means, rowSvg } from './row/row.ts';
import { interpretScreen, type Screen } from './screen.ts';

/** A part of the picture over its whole width: elements of SVG, where they belong in it, and what draws them. */
export interface Strip {
  svg: string;
  x: number;
  y: number;
  height: number;
  needs: readonly FontNeed[];
}

const titleStrip = async (title: string, layout: Layout, means: Means): Promise<Strip> => {
  const { padding, titleHeight: height, width } = layout;
  const screen = await interpretScreen(title.replaceAll('\n', ' '), layout.columns, 1);
  const cells = screen.row(0).map((cell) => ({ ...cell, bold: true }));
  const { svg, needs } = rowSvg(cells, means);
  const [x, y] = [padding, padding / 2];
  const bar = `<rect x="${-x}" y="${-y}" width="${width}" height="${height}" fill="${hex(titleBackground)}"/>`;
  return { svg: bar + svg, x, y, height, needs };
};

/** The picture from its top to its bottom; each part is made when it is asked for. */
export async function* stripsOf(
  screen: Screen,
  title: string,
  layout: Layout,
  means: Means,
): AsyncGenerator<Strip> {
  const { padding, titleHeight, rows, cellHeight: height } = layout;
  const empty = { svg: '', x: 0, y: 0, needs: [] };
  if (titleHeight > 0) yield await titleStrip(title, layout, means);
  yield { ...empty, height: padding };
  for (let y = 0; y < rows; y++) {
    const cells = screen.row(y).filter(({ column }) => column < layout.columns);
    yield { ...rowSvg(cells, means), x: padding, y: 0, height };
  }
  yield { ...empty, height: layout.height - titleHeight - padding - rows * height };
}
