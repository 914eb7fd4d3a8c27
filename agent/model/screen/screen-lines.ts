import { belowPrologue } from './prologue-line.ts';
import { screenText } from './screen-text.ts';

/** Wider than a terminal; the rest of a line that tmux joined is not looked at. Characters. */
const maxColumns = 400;

/** What patterns are matched with at most, characters. */
const maxText = 4 * 1024;

const colours = /\x1b\[[0-9;:]*m/g;

/** The last of them, none of none. */
const last = (lines: readonly string[], count: number): readonly string[] =>
  lines.slice(Math.max(0, lines.length - count));

/**
 * The last lines of a screen as plain text, bounded: what patterns are matched with. Blank ones at its end do not count, nor
 * what a life before has left.
 */
export const lastScreenLines = (screen: string, lines: number): string =>
  last(belowPrologue(screenText(screen).replace(colours, '').trimEnd().split('\n')), lines)
    .map((line) => line.slice(0, maxColumns).trimEnd())
    .join('\n')
    .slice(-maxText);
