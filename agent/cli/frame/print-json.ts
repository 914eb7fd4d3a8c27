import type { Terminal } from './terminal.ts';

/**
 * One JSON object on one line. Controls that JSON allows unescaped (DEL, C1, line separators, marks that
 * reorder text) are escaped too: the output may end on a terminal.
 */
export const jsonLine = (value: object): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Prints the versioned answer of a command. */
export const printJson = (terminal: Terminal, fields: object): void =>
  terminal.line(jsonLine({ schema: 1, ...fields }));
