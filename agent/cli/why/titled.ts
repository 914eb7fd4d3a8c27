import type { Terminal } from '../frame/terminal.ts';

/** Lines under a bold title; nothing at all where there are none. */
export const titled = (title: string, lines: readonly string[], terminal: Terminal): string[] =>
  lines.length === 0 ? [] : [terminal.paint('bold', title), ...lines];
