import type { Box, Layer } from './shape.ts';

/** In parts of the box: what separates the parts of a prompt, which has to reach from edge to edge. */
const shapes: Readonly<Record<number, { path: string; open?: true }>> = {
  57504: { path: 'M.3 .8V.2M.3 .66Q.75 .6 .75 .32', open: true },
  57520: { path: 'M0 0L1 .5L0 1z' },
  57521: { path: 'M0 0L1 .5L0 1', open: true },
  57522: { path: 'M1 0L0 .5L1 1z' },
  57523: { path: 'M1 0L0 .5L1 1', open: true },
  57524: { path: 'M0 0C1.33 0 1.33 1 0 1z' },
  57525: { path: 'M0 0C1.33 0 1.33 1 0 1', open: true },
  57526: { path: 'M1 0C-.33 0 -.33 1 1 1z' },
  57527: { path: 'M1 0C-.33 0 -.33 1 1 1', open: true },
  57528: { path: 'M0 0V1H1z' },
  57529: { path: 'M0 0L1 1', open: true },
  57530: { path: 'M1 0V1H0z' },
  57531: { path: 'M1 0L0 1', open: true },
  57532: { path: 'M0 0H1L0 1z' },
  57533: { path: 'M1 0L0 1', open: true },
  57534: { path: 'M0 0H1V1z' },
  57535: { path: 'M0 0L1 1', open: true },
};

/** Numbers by turns across and down, but after V and H. */
const scaled = (path: string, { x, y, width, height }: Box): string =>
  path.replace(/([A-Za-z])([^A-Za-z]*)/g, (_, letter: string, numbers: string) => {
    const values = numbers.trim().split(/\s+/).filter(Boolean).map(Number);
    const down = (i: number): boolean => letter === 'V' || (letter !== 'H' && i % 2 === 1);
    const at = (n: number, i: number): number => (down(i) ? y + n * height : x + n * width);
    return letter + values.map(at).join(' ');
  });

/** U+E0A0 and U+E0B0 to U+E0BF: no character set has them, every prompt uses them. */
export const powerline = (codePoint: number, box: Box): Layer[] | null => {
  const shape = shapes[codePoint];
  if (!shape) return null;
  return [{ path: scaled(shape.path, box), paint: shape.open ? { stroke: box.line } : 'ink' }];
};
