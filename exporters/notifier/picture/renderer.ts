import { readFileSync } from 'node:fs';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { assetPath } from './assets.ts';
import { background, hex } from './colour.ts';
import { monospace } from './fonts.ts';

/** Draws elements of SVG on the background; four bytes a pixel: red, green, blue, 255. */
export type Renderer = (
  svg: string,
  size: { width: number; height: number },
  fonts: Uint8Array[],
) => Uint8Array;

let initialised: Promise<void> | null = null;

export const loadRenderer = async (): Promise<Renderer> => {
  initialised ??= initWasm(readFileSync(assetPath('renderer')));
  await initialised;
  return (svg, { width, height }, fontBuffers) => {
    const document =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
      `<rect width="${width}" height="${height}" fill="${hex(background)}"/>${svg}</svg>`;
    const resvg = new Resvg(document, {
      font: { fontBuffers, defaultFontFamily: monospace, defaultFontSize: 16 },
    });
    const image = resvg.render();
    const { pixels } = image;
    image.free();
    resvg.free();
    return pixels;
  };
};
