import { type Box, type Layer, rectangle } from './shape.ts';

/**
 * What goes from the middle of each character of U+2500 to U+257F to its left, upper, right and lower side:
 * nothing, a light, a heavy or a double line, as its Unicode name says. Dashes, arcs and diagonals are elsewhere.
 */
const table = `
  1010 2020 0101 0202 .... .... .... .... .... .... .... .... 0011 0021 0012 0022
  1001 2001 1002 2002 0110 0120 0210 0220 1100 2100 1200 2200 0111 0121 0211 0112
  0212 0221 0122 0222 1101 2101 1201 1102 1202 2201 2102 2202 1011 2011 1021 2021
  1012 2012 1022 2022 1110 2110 1120 2120 1210 2210 1220 2220 1111 2111 1121 2121
  1211 1112 1212 2211 1221 2112 1122 2221 2122 2212 1222 2222 .... .... .... ....
  3030 0303 0031 0013 0033 3001 1003 3003 0130 0310 0330 3100 1300 3300 0131 0313
  0333 3101 1303 3303 3031 1013 3033 3130 1310 3330 3131 1313 3333 .... .... ....
  .... .... .... .... 1000 0100 0010 0001 2000 0200 0020 0002 1020 0102 2010 0201`
  .trim()
  .split(/\s+/);

/** Lines of an arm: a double one is two light ones with as much between them. */
const thickness = [0, 1, 2, 3];
const double = 3;

/** From and to, along one side of the box. */
type Span = readonly [number, number];

const middle = (size: number, thick: number): Span => {
  const from = Math.floor((size - thick) / 2);
  return [from, from + thick];
};

/** The two arms of one direction, towards the start and the end of its side, and those across. */
interface Axis {
  size: number;
  /** Of the side across. */
  across: number;
  arms: readonly [number, number];
  crossing: readonly [number, number];
}

/** How far an arm of a plain line reaches past the middle: over a line across; to the nearer of a double one. */
const plainReach = ({ size, arms, crossing }: Axis, line: number): Span => {
  const widest = Math.max(...crossing);
  const through = arms[0] > 0 && arms[1] > 0;
  if (widest === double && through) return middle(size, 0);
  const [from, to] = middle(size, (thickness[widest] ?? 0) * line);
  const tee = widest === double && crossing[0] > 0 && crossing[1] > 0;
  return tee ? [to - line, from + line] : [from, to];
};

const rectanglesAlong = (axis: Axis, reach: Span, thick: number, which: 0 | 1): number[] => {
  const [from, to] = which === 0 ? [0, reach[1]] : [reach[0], axis.size];
  const [start, end] = middle(axis.across, thick);
  return [from, start, to - from, end - start];
};

const wholeOf = (axis: Axis, which: 0 | 1, line: number): number[] => {
  const arm = axis.arms[which];
  const thick = (thickness[arm] ?? 0) * line;
  if (arm !== double) return rectanglesAlong(axis, plainReach(axis, line), thick, which);
  const widest = Math.max(...axis.crossing);
  return rectanglesAlong(axis, middle(axis.size, (thickness[widest] ?? 0) * line), thick, which);
};

/** What is between the two lines of a double arm. */
const insideOf = (axis: Axis, which: 0 | 1, line: number): number[] => {
  const widest = Math.max(...axis.crossing);
  const reach = middle(axis.size, (widest === double ? 1 : (thickness[widest] ?? 0)) * line);
  return rectanglesAlong(axis, reach, line, which);
};

/** Lines and their crossings, as filled rectangles that meet those of the neighbours. */
export const boxArms = (codePoint: number, box: Box): Layer[] | null => {
  const [left = 0, up = 0, right = 0, down = 0] = [...(table[codePoint - 0x2500] ?? '....')].map(
    Number,
  );
  if (Number.isNaN(left)) return null;
  const { x, y, width, height, line } = box;
  const horizontal: Axis = {
    size: width,
    across: height,
    arms: [left, right],
    crossing: [up, down],
  };
  const vertical: Axis = { size: height, across: width, arms: [up, down], crossing: [left, right] };
  const paths = { outer: '', inner: '', plain: '' };
  const place = ([along = 0, across = 0, length = 0, thick = 0]: number[], axis: Axis): string =>
    axis === horizontal
      ? rectangle(x + along, y + across, length, thick)
      : rectangle(x + across, y + along, thick, length);
  for (const axis of [horizontal, vertical]) {
    for (const which of [0, 1] as const) {
      if (axis.arms[which] === 0) continue;
      const whole = place(wholeOf(axis, which, line), axis);
      if (axis.arms[which] !== double) paths.plain += whole;
      else {
        paths.outer += whole;
        paths.inner += place(insideOf(axis, which, line), axis);
      }
    }
  }
  const layers: Layer[] = [
    { path: paths.outer, paint: 'ink' },
    { path: paths.inner, paint: 'paper' },
    { path: paths.plain, paint: 'ink' },
  ];
  return layers.filter(({ path }) => path !== '');
};
