/** How the line begins that stands between the old screen and what a new life says itself. */
export const prologueLine = '-- Holdfast: ended ';

/** Of the lines of a screen those below it: what is above was said by a life that ended. */
export const belowPrologue = (lines: readonly string[]): readonly string[] =>
  lines.slice(lines.findLastIndex((line) => line.startsWith(prologueLine)) + 1);
