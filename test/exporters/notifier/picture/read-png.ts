import { inflateSync } from 'node:zlib';

export interface Pixels {
  width: number;
  height: number;
  /** As `#rrggbb`. */
  at(x: number, y: number): string;
}

/** Reads what exporters/notifier/picture/png.ts writes: one IDAT, rows without a filter, three bytes a pixel. */
export const readPng = (png: Uint8Array): Pixels => {
  const bytes = Buffer.from(png);
  if (bytes.subarray(1, 4).toString('latin1') !== 'PNG') throw new Error('no PNG');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const length = bytes.readUInt32BE(33);
  const rows = inflateSync(bytes.subarray(41, 41 + length));
  if (rows.length !== height * (3 * width + 1)) throw new Error('not as many rows as it says');
  return {
    width,
    height,
    at: (x, y) => {
      if (x < 0 || y < 0 || x >= width || y >= height) throw new Error(`no pixel ${x} ${y}`);
      const from = y * (3 * width + 1) + 1 + 3 * x;
      return `#${rows.subarray(from, from + 3).toString('hex')}`;
    },
  };
};
