import type { Terminal } from '../frame/terminal.ts';

/** The whole terminal, drawn over in place; what was on it before comes back at the end. */
export interface Screen {
  draw(lines: readonly string[]): void;
  /** The next page is drawn whole: the terminal has another size, or was not ours meanwhile. */
  forget(): void;
  close(): void;
}

/** ctlseqs of xterm: the alternate screen, the cursor, whether long lines wrap. */
const enter = '\x1b[?1049h\x1b[?25l\x1b[?7l';
const leave = '\x1b[?7h\x1b[?25h\x1b[?1049l';
/** Terminals that know it show nothing half drawn. */
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';

const lineAt = (row: number, line: string): string => `\x1b[${row + 1};1H${line}\x1b[K`;

/** Takes the terminal over at once. */
export const openScreen = (terminal: Pick<Terminal, 'write'>): Screen => {
  let drawn: readonly string[] | null = null;
  let open = true;
  terminal.write(enter);
  return {
    draw: (lines) => {
      if (!open) return;
      const before = drawn;
      // A line that stays is not written again: nothing flickers, and ssh has little to carry.
      const changed = lines
        .map((line, row) => (before?.[row] === line ? '' : lineAt(row, line)))
        .join('');
      // Row by row: a row below the terminal's last would be taken for that.
      const stale = (before ?? []).slice(lines.length);
      const below = stale.map((_, i) => lineAt(lines.length + i, '')).join('');
      const all = before === null ? '\x1b[2J' : '';
      drawn = lines;
      if (changed || below || all) terminal.write(`${begin}${all}${changed}${below}${end}`);
    },
    forget: () => {
      drawn = null;
    },
    close: () => {
      if (open) terminal.write(leave);
      open = false;
    },
  };
};
