import type { Terminal } from '../frame/terminal.ts';

/** Columns of the labels of facts, of the actor's and of a death's. */
export const labelColumns = 14;

/** Lines under a bold title; nothing at all where there are none. */
export const titled = (title: string, lines: readonly string[], terminal: Terminal): string[] =>
  lines.length === 0 ? [] : [terminal.paint('bold', title), ...lines];
