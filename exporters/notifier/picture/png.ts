import { once } from 'node:events';
import { crc32, createDeflate } from 'node:zlib';

/**
 * A PNG made from top to bottom: the pixels of a large screen are never in memory at once, as they would be with
 * any encoder that takes a whole picture. True colour, 8 bits, no transparency (RFC 2083).
 */
export interface Png {
  /** Takes whole rows of pixels: red, green, blue and something that is ignored. */
  add(rgba: Uint8Array): Promise<void>;
  finish(): Promise<Uint8Array>;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const [trueColour, eightBits] = [2, 8];

const chunk = (type: string, data: Uint8Array): Buffer => {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), data.length + 8);
  return bytes;
};

const header = (width: number, height: number): Buffer => {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([eightBits, trueColour], 8);
  return chunk('IHDR', data);
};

/** Each row begins with the number of its filter: none, which is best for text. */
const withoutAlpha = (rgba: Uint8Array, width: number): Buffer => {
  const rows = rgba.length / 4 / width;
  const out = Buffer.alloc(rows * (3 * width + 1));
  let to = 0;
  for (let from = 0; from < rgba.length; from += 4) {
    if (from % (4 * width) === 0) to++;
    out[to++] = rgba[from] ?? 0;
    out[to++] = rgba[from + 1] ?? 0;
    out[to++] = rgba[from + 2] ?? 0;
  }
  return out;
};

export const createPng = (width: number, height: number): Png => {
  const deflate = createDeflate();
  const packed: Buffer[] = [];
  deflate.on('data', (data: Buffer) => packed.push(data));
  const ended = once(deflate, 'end');
  // Whoever calls `finish` hears of it; nobody may.
  ended.catch(() => {});
  return {
    add: async (rgba) => {
      if (!deflate.write(withoutAlpha(rgba, width))) await once(deflate, 'drain');
    },
    finish: async () => {
      deflate.end();
      await ended;
      const data = Buffer.concat(packed);
      return Buffer.concat([
        ...[signature, header(width, height)],
        ...[chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))],
      ]);
    },
  };
};
