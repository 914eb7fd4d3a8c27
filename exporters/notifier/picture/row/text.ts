import type { Cell } from '../cell.ts';
import { hex } from '../colour.ts';
import type { FontNeed } from '../fonts.ts';
import { boxOf, type Metrics } from './metrics.ts';

const needsWideFont =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u30ff\uff00-\uffef]/u;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Fill, weight and slope. */
const attributes = (cell: Cell): string => {
  const bold = cell.bold ? ' font-weight="bold"' : '';
  return `fill="${hex(cell.ink)}"${bold}${cell.italic ? ' font-style="italic"' : ''}`;
};

export const fontNeeds = (cell: Cell): FontNeed[] => {
  if (cell.bold) return [cell.italic ? 'boldItalic' : 'bold'];
  return cell.italic ? ['italic'] : [];
};

export const looksLike = (a: Cell, b: Cell): boolean =>
  a.ink === b.ink && a.bold === b.bold && a.italic === b.italic;

/** Characters of the regular font, each of which fills its cell, from that of `first` on. */
export const wordsSvg = (first: Cell, text: string, metrics: Metrics): string => {
  const { x } = boxOf(first, metrics);
  const place = `x="${x}" y="${metrics.baseline}"`;
  return `<text xml:space="preserve" ${place} ${attributes(first)}>${escaped(text)}</text>`;
};

/** An em of such a font is a cell and two thirds: a little larger, a character fills its two cells. */
const wideScale = 1.12;

/** A character of some other font, whose width is that font's affair: in the middle of its cells. */
export const loneSvg = (cell: Cell, metrics: Metrics): { svg: string; needs: FontNeed[] } => {
  const { x, width } = boxOf(cell, metrics);
  const size = cell.width === 2 ? ` font-size="${metrics.fontSize * wideScale}"` : '';
  const place = `x="${x + width / 2}" y="${metrics.baseline}" text-anchor="middle"${size}`;
  return {
    svg: `<text ${place} ${attributes(cell)}>${escaped(cell.text)}</text>`,
    needs: [needsWideFont.test(cell.text) ? 'wide' : 'symbols', ...fontNeeds(cell)],
  };
};
