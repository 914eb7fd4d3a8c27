import { encode } from 'uqr';
import type { Terminal } from '../frame/terminal.ts';

/** ISO/IEC 18004: four modules of white around it, or many a camera does not find it. */
const quietZone = 4;

/** A character shows two modules, one above the other. */
const blocks = [' ', '▄', '▀', '█'] as const;

const blockOf = (upper: boolean, lower: boolean): string =>
  blocks[(upper ? 2 : 0) + (lower ? 1 : 0)] ?? ' ';

/** Bytes (ISO/IEC 18004, 7.1): of the largest code, with the least redundancy. */
const maxBytes = 2953;

/** Two more lines are said with it, and the cursor stands below. */
const otherLines = 3;

/** The terminal it takes; null: no QR code holds it. */
export const qrSpace = (text: string): { columns: number; rows: number } | null => {
  const whole = text.toWellFormed();
  if (whole === '' || Buffer.byteLength(whole) > maxBytes) return null;
  const { size } = encode(whole, { border: quietZone });
  return { columns: size, rows: Math.ceil(size / 2) + otherLines };
};

/**
 * `text` as a QR code of half blocks; nothing where the terminal is too narrow or too low for it. Black on white where
 * there are colours. Without them the white modules are drawn: most terminals are dark.
 */
export const qrLines = (text: string, terminal: Terminal): string[] => {
  const { data, size } = encode(text.toWellFormed(), { border: quietZone });
  const height = Math.ceil(size / 2);
  if (size > terminal.columns || height + otherLines > terminal.rows) return [];
  const coloured = terminal.paint('black', 'x') !== 'x';
  const isDrawn = (row: number, column: number): boolean =>
    (data[row]?.[column] ?? false) === coloured;
  return Array.from({ length: height }, (_, i) => {
    const line = Array.from({ length: size }, (_, column) =>
      blockOf(isDrawn(2 * i, column), isDrawn(2 * i + 1, column)),
    ).join('');
    return terminal.paint('bgWhiteBright', terminal.paint('black', line));
  });
};
