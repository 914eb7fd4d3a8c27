import { Failure } from '../../../agent/model/failure.ts';
import { coverageOf } from './coverage.ts';
import { createEmoji } from './emoji.ts';
import { createFonts, type FontNeed } from './fonts.ts';
import { layOut } from './layout.ts';
import { createPng } from './png.ts';
import { loadRenderer } from './renderer.ts';
import type { PictureRequest } from './request.ts';
import { metricsFor } from './row/metrics.ts';
import { maxDrawings } from './row/row.ts';
import { interpretScreen } from './screen.ts';
import { type Strip, stripsOf } from './strips.ts';

/**
 * As much is drawn at once: a pixel has four bytes, and is there three times; SVG becomes ten times as much in
 * the renderer.
 */
const [maxPixels, maxSvg] = [400_000, 200_000];

/** Strips that are drawn together; a large one is alone. */
async function* bandsOf(strips: AsyncIterable<Strip>, width: number): AsyncGenerator<Strip[]> {
  let band: Strip[] = [];
  let [pixels, bytes] = [0, 0];
  for await (const strip of strips) {
    pixels += strip.height * width;
    bytes += strip.svg.length;
    if (band.length > 0 && (pixels > maxPixels || bytes > maxSvg)) {
      yield band;
      band = [];
      [pixels, bytes] = [strip.height * width, strip.svg.length];
    }
    band.push(strip);
  }
  if (band.length > 0) yield band;
}

const joined = (band: readonly Strip[]): { svg: string; height: number; needs: Set<FontNeed> } => {
  let height = 0;
  let svg = '';
  for (const strip of band) {
    svg += `<g transform="translate(${strip.x} ${height + strip.y})">${strip.svg}</g>`;
    height += strip.height;
  }
  return { svg, height, needs: new Set(band.flatMap(({ needs }) => needs)) };
};

/**
 * @param deadline when it has to be done, by performance.now().
 * @returns a PNG
 * @throws Failure `picture-time` when it takes longer
 */
export const drawPicture = async (
  request: PictureRequest,
  deadline: number,
): Promise<Uint8Array> => {
  const screen = await interpretScreen(request.text, request.columns, request.rows);
  const layout = layOut(screen, request.title !== '');
  const fonts = createFonts();
  const [regular = new Uint8Array()] = fonts.buffers(new Set());
  const means = {
    metrics: metricsFor(layout.cellWidth),
    covered: coverageOf(regular),
    emoji: createEmoji(),
    drawings: { left: maxDrawings },
  };
  const render = await loadRenderer();
  const png = createPng(layout.width, layout.height);
  for await (const band of bandsOf(stripsOf(screen, request.title, layout, means), layout.width)) {
    if (performance.now() > deadline) throw new Failure('picture-time', 'it took too long');
    const { svg, height, needs } = joined(band);
    await png.add(render(svg, { width: layout.width, height }, fonts.buffers(needs)));
  }
  return png.finish();
};
