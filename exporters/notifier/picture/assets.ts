import { basename, join } from 'node:path';

/** What a picture is made with and is no JavaScript: its file below node_modules. */
export const assets = {
  renderer: '@resvg/resvg-wasm/index_bg.wasm',
  regular: 'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf',
  bold: 'dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf',
  italic: 'dejavu-fonts-ttf/ttf/DejaVuSansMono-Oblique.ttf',
  boldItalic: 'dejavu-fonts-ttf/ttf/DejaVuSansMono-BoldOblique.ttf',
  /** Has symbols that the others do not. */
  symbols: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  /** Emoji as drawings: in colour, with every sequence, and a tenth of the size of a font of them. */
  emoji: '@iconify-json/twemoji/icons.json',
  /** Which drawing is of which code points. */
  emojiNames: '@iconify-json/twemoji/chars.json',
} as const;

export type AssetName = keyof typeof assets;

export const assetNames = Object.keys(assets) as AssetName[];

/** The folder of the assets beside the bundle, in dist/ as in the package. */
export const assetFolder = 'picture';

/** Their name in that folder. */
export const assetFile = (name: AssetName): string => basename(assets[name]);

/** Beside our bundle; in a checkout run from source, where npm put it. */
export const assetPath = (
  name: AssetName,
  self: { filename: string; dirname: string } = import.meta,
): string =>
  self.filename.endsWith('.ts')
    ? join(self.dirname, '../../../node_modules', assets[name])
    : join(self.dirname, assetFolder, assetFile(name));
