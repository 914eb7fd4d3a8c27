import { type Box, ink, type Layer, rectangle } from './shape.ts';

/** How many dashes, by the first of four characters: across thin and thick, down thin and thick. */
const dashCounts: Readonly<Record<number, number>> = { 9476: 3, 9480: 4, 9548: 2 };

const dashed = (codePoint: number, box: Box): Layer[] | null => {
  const variant = codePoint % 4;
  const count = dashCounts[codePoint - variant];
  if (!count) return null;
  const across = variant < 2;
  const { x, y, width, height } = box;
  const thick = (1 + (variant % 2)) * box.line;
  const size = across ? width : height;
  const start = Math.floor(((across ? height : width) - thick) / 2);
  let path = '';
  for (let i = 0; i < count; i++) {
    const from = (i * size) / count + size / count / 6;
    const length = ((size / count) * 2) / 3;
    path += across
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
