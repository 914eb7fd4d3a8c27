import { existsSync, readFileSync } from 'node:fs';
import { type AssetName, assetPath } from './assets.ts';

/** What a part of a picture needs beside the regular font. */
export type FontNeed = 'bold' | 'italic' | 'boldItalic' | 'wide' | 'symbols';

/** The family of the four that come with us. */
export const monospace = 'DejaVu Sans Mono';

/**
 * Where Debian's packages put fonts for Chinese, Japanese and Korean: fonts-wqy-microhei, fonts-wqy-zenhei,
 * fonts-noto-cjk, fonts-droid-fallback. First the smallest with all three, since a font is kept in memory twice;
 * the last has no Korean.
 */
const wideFonts = [
  '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc',
  '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc',
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf',
];

/** fonts-unifont: coarse, but has every other script. */
const lastResort = ['/usr/share/fonts/opentype/unifont/unifont.otf'];

/** The files for a need; where none is installed, its characters become boxes. */
const filesFor = (need: FontNeed | 'regular'): string[] => {
  const firstOf = (files: readonly string[]): string[] =>
    files.filter((file) => existsSync(file)).slice(0, 1);
  if (need === 'wide') return firstOf([...wideFonts, ...lastResort]);
  if (need === 'symbols') return [assetPath('symbols'), ...firstOf(lastResort)];
  return [assetPath(need satisfies AssetName)];
};

export interface Fonts {
  /** The regular one first, so that it is asked first. */
  buffers(needs: ReadonlySet<FontNeed>): Uint8Array[];
}

/** Each is read when it is first needed, and kept. */
export const createFonts = (): Fonts => {
  const read = new Map<string, Uint8Array[]>();
  const load = (need: FontNeed | 'regular'): Uint8Array[] => {
    const known = read.get(need);
    if (known) return known;
    const buffers = filesFor(need).map((file) => new Uint8Array(readFileSync(file)));
    read.set(need, buffers);
    return buffers;
  };
  const order = ['bold', 'italic', 'boldItalic', 'wide', 'symbols'] as const;
  return {
    buffers: (needs) => [
      ...load('regular'),
      ...order.filter((need) => needs.has(need)).flatMap(load),
    ],
  };
};
