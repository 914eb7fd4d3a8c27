import { type Box, ink, type Layer, rectangle } from './shape.ts';

/** A part of the box: from and to, in eighths of its width and height. */
const part = (box: Box, x1: number, y1: number, x2: number, y2: number): string => {
  const at = (eighths: number, size: number): number => Math.round((eighths * size) / 8);
  const [left, top] = [at(x1, box.width), at(y1, box.height)];
  return rectangle(box.x + left, box.y + top, at(x2, box.width) - left, at(y2, box.height) - top);
};

/** U+2596 to U+259F: which quarters are filled. 1 upper left, 2 upper right, 4 lower left, 8 lower right. */
const quarters = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14];

const quartersOf = (bits: number, box: Box): string =>
  [0, 1, 2, 3]
    .filter((i) => (bits & (1 << i)) !== 0)
    .map((i) => {
      const [x, y] = [4 * (i % 2), 4 * (i >> 1)];
      return part(box, x, y, x + 4, y + 4);
    })
    .join('');

/** Block elements, U+2580 to U+259F. */
export const blocks = (codePoint: number, box: Box): Layer[] | null => {
  const n = codePoint - 0x2580;
  if (n < 0 || n > 0x1f) return null;
  if (n === 0) return ink(part(box, 0, 0, 8, 4));
  if (n <= 8) return ink(part(box, 0, 8 - n, 8, 8));
  if (n <= 0xf) return ink(part(box, 0, 0, 0x10 - n, 8));
  if (n === 0x10) return ink(part(box, 4, 0, 8, 8));
  if (n <= 0x13) {
    return [{ path: part(box, 0, 0, 8, 8), paint: 'ink', opacity: (n - 0x10) / 4 }];
  }
  if (n === 0x14) return ink(part(box, 0, 0, 8, 1));
  if (n === 0x15) return ink(part(box, 7, 0, 8, 8));
  return ink(quartersOf(quarters[n - 0x16] ?? 0, box));
};
