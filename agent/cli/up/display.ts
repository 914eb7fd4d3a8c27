import { printable } from '../../model/text/printable.ts';
import { printJson } from '../frame/print-json.ts';
import type { Style, Terminal } from '../frame/terminal.ts';
import { clock, dateTime } from '../view/time.ts';
import { wrap } from '../view/wrap.ts';
import { createRegion } from './region.ts';

/** The kinds of lines, as `up --json` names them. */
export type Kind = 'started' | 'found' | 'supervising' | 'event' | 'child' | 'warning' | 'stopped';

export interface Note {
  kind: Kind;
  text: string;
  style?: Style | null;
  /** More fields, for `--json`. */
  fields?: object;
}

/** What `up` shows: lines that stay, and below them, on a terminal, a few that are redrawn in place. */
export interface Display {
  say(note: Note): void;
  /** Replaces the live lines. */
  show(lines: readonly string[]): void;
  close(): void;
}

const jsonDisplay = (terminal: Terminal, now: () => number): Display => ({
  say: ({ kind, text, fields }) => printJson(terminal, { at: now(), kind, text, ...fields }),
  show: () => undefined,
  close: () => undefined,
});

const plainDisplay = (terminal: Terminal, now: () => number): Display => ({
  say: ({ text }) => terminal.line(`${dateTime(now())}  ${printable(text)}`),
  show: () => undefined,
  close: () => undefined,
});

const liveDisplay = (terminal: Terminal, now: () => number): Display => {
  const region = createRegion(terminal);
  return {
    say: ({ text, style }) => {
      const time = `${clock(now())}  `;
      const [first = '', ...more] = wrap(printable(text), terminal.columns - time.length);
      const paint = (line: string): string => terminal.paint(style ?? null, line);
      region.above([
        terminal.paint('dim', time) + paint(first),
        ...more.map((line) => ' '.repeat(time.length) + paint(line)),
      ]);
    },
    show: (lines) => region.show(lines),
    close: () => region.close(),
  };
};

export const displayFor = (terminal: Terminal, json: boolean, now: () => number): Display => {
  if (json) return jsonDisplay(terminal, now);
  return terminal.isTerminal ? liveDisplay(terminal, now) : plainDisplay(terminal, now);
};
