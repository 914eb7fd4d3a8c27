import { stripVTControlCharacters } from 'node:util';
import type { Terminal } from '../frame/terminal.ts';
import { widthOf } from '../view/width.ts';

/** A few lines at the end of the terminal that are redrawn in place; what is above stays and scrolls. */
export interface Region {
  show(lines: readonly string[]): void;
  /** Prints lines that stay, above the region. */
  above(lines: readonly string[]): void;
  /** Leaves the last lines where they are. */
  close(): void;
}

/** At most two redraws per second: a person does not read faster, and ssh lines are slow. */
const redrawMs = 500;

const clearToEnd = '\x1b[J';
const upLines = (count: number): string => (count > 0 ? `\x1b[${count}A` : '');

/** The rows lines take now: after the terminal became narrower they are wrapped. */
const rowsOf = (lines: readonly string[], columns: number): number =>
  lines.reduce((sum, line) => {
    const width = widthOf(stripVTControlCharacters(line));
    return sum + Math.max(1, Math.ceil(width / columns));
  }, 0);

export const createRegion = (terminal: Terminal): Region => {
  let drawn: readonly string[] = [];
  let wanted: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;

  /** One write, so that no half-drawn screen is seen. */
  const draw = (above: readonly string[]): void => {
    clearTimeout(timer);
    timer = undefined;
    const erase = `${upLines(rowsOf(drawn, terminal.columns))}\r${clearToEnd}`;
    const lines = wanted.slice(0, Math.max(0, terminal.rows - 2));
    terminal.write(erase + [...above, ...lines].map((line) => `${line}\n`).join(''));
    drawn = lines;
    drawnAt = performance.now();
  };

  return {
    show: (lines) => {
      wanted = lines;
      if (timer !== undefined || lines.join('\n') === drawn.join('\n')) return;
      timer = setTimeout(draw, Math.max(0, redrawMs - (performance.now() - drawnAt)), []);
    },
    above: (lines) => draw(lines),
    close: () => {
      if (timer !== undefined) draw([]);
    },
  };
};
