import { type Box, ink, type Layer, rectangle } from './shape.ts';

/** Direction, number of dashes, and thickness in lines. */
const dashes: Readonly<Record<number, readonly ['across' | 'down', number, number]>> = {
  9476: ['across', 3, 1],
  9477: ['across', 3, 2],
  9478: ['down', 3, 1],
  9479: ['down', 3, 2],
  9480: ['across', 4, 1],
  9481: ['across', 4, 2],
  9482: ['down', 4, 1],
  9483: ['down', 4, 2],
  9548: ['across', 2, 1],
  9549: ['across', 2, 2],
  9550: ['down', 2, 1],
  9551: ['down', 2, 2],
};

const dashed = (codePoint: number, box: Box): Layer[] | null => {
  const dash = dashes[codePoint];
  if (!dash) return null;
  const [direction, count, lines] = dash;
  const { x, y, width, height } = box;
  const thick = lines * box.line;
  const size = direction === 'across' ? width : height;
  const start = Math.floor(((direction === 'across' ? height : width) - thick) / 2);
  let path = '';
  for (let i = 0; i < count; i++) {
    const from = (i * size) / count + size / count / 6;
    const length = ((size / count) * 2) / 3;
    path +=
      direction === 'across'
        ? rectangle(x + from, y + start, length, thick)
        : rectangle(x + start, y + from, thick, length);
  }
  return ink(path);
};

/** ╭ ╮ ╯ ╰: from the middle of one side to the middle of another, in line with the straight ones. */
const arc = (codePoint: number, { x, y, width, height, line }: Box): Layer[] | null => {
  if (codePoint < 0x256d || codePoint > 0x2570) return null;
  const middleX = x + Math.floor((width - line) / 2) + line / 2;
  const middleY = y + Math.floor((height - line) / 2) + line / 2;
  const right = codePoint === 0x256d || codePoint === 0x2570;
  const down = codePoint === 0x256d || codePoint === 0x256e;
  const radius = width / 2;
  const path =
    `M${middleX} ${down ? y + height : y}V${middleY + (down ? radius : -radius)}` +
    `Q${middleX} ${middleY} ${middleX + (right ? radius : -radius)} ${middleY}H${right ? x + width : x}`;
  return [{ path, paint: { stroke: line } }];
};

const diagonal = (codePoint: number, { x, y, width, height, line }: Box): Layer[] | null => {
  if (codePoint < 0x2571 || codePoint > 0x2573) return null;
  const rising = `M${x} ${y + height}l${width} ${-height}`;
  const falling = `M${x} ${y}l${width} ${height}`;
  const paths = [rising, falling, rising + falling];
  return [{ path: paths[codePoint - 0x2571] ?? '', paint: { stroke: line } }];
};

/** What is in the block of the box drawings and has no arms. */
export const boxOthers = (codePoint: number, box: Box): Layer[] | null =>
  dashed(codePoint, box) ?? arc(codePoint, box) ?? diagonal(codePoint, box);
