import { type Box, ink, type Layer, rectangle } from './shape.ts';

/** The dot of each bit, as column and row. */
const dots = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

/** U+2800 to U+28FF: what programs draw curves with. */
export const braille = (codePoint: number, { x, y, width, height }: Box): Layer[] | null => {
  const bits = codePoint - 0x2800;
  if (bits < 0 || bits > 0xff) return null;
  const [stepX, stepY] = [width / 2, height / 4];
  const size = Math.max(2, Math.round(width / 5));
  const path = dots
    .filter((_, bit) => (bits & (1 << bit)) !== 0)
    .map(([column, row]) =>
      rectangle(
        Math.round(x + (column + 0.5) * stepX - size / 2),
        Math.round(y + (row + 0.5) * stepY - size / 2),
        size,
        size,
      ),
    );
  return ink(path.join(''));
};
