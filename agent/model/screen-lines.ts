import { screenText } from './screen-text.ts';

/** Wider than a terminal; the rest of a line that tmux joined is not looked at. Characters. */
const maxColumns = 400;

/** What patterns are matched with at most, characters. */
const maxText = 4 * 1024;

const colours = /\x1b\[[0-9;:]*m/g;

/** The last lines of a screen as plain text, bounded: what patterns are matched with. Blank ones at its end do not count. */
export const lastScreenLines = (screen: string, lines: number): string =>
  screenText(screen)
    .replace(colours, '')
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map((line) => line.slice(0, maxColumns).trimEnd())
    .join('\n')
    .slice(-maxText);
