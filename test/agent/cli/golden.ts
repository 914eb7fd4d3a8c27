import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Terminal } from '../../../agent/cli/frame/terminal.ts';

/**
 * Compares with test/agent/cli/golden/NAME.txt. Write it again with UPDATE_GOLDEN=1, and read the difference
 * before it is committed.
 */
export const matchesGolden = (t: Test, name: string, lines: readonly string[]): void => {
  const file = join(import.meta.dirname, 'golden', `${name}.txt`);
  const text = `${lines.join('\n')}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  t.equal(text, existsSync(file) ? readFileSync(file, 'utf8') : '(no golden file)', name);
};

/** A terminal of a size that shows styles as `<red>…</red>` where colours are on. */
export const terminalOfSize = (
  columns: number,
  rows = Number.POSITIVE_INFINITY,
  colour = false,
): Terminal & { text: () => string } => {
  let written = '';
  return {
    isTerminal: Number.isFinite(columns),
    columns,
    rows,
    write: (text) => {
      written += text;
    },
    line: (text = '') => {
      written += `${text}\n`;
    },
    paint: (style, text) =>
      colour && style !== null && text !== '' ? `<${style}>${text}</${style}>` : text,
    text: () => written,
  };
};
