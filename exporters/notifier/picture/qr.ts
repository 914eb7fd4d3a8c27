import { encode } from 'uqr';
import { createPng } from './png.ts';

/** ISO/IEC 18004: four modules of white around it, or many a camera does not find it. */
const quietZone = 4;

/** Pixels of a module: what Telegram makes of a photo blurs an edge over two. Large codes have no less, small ones no more. */
const [leastModule, mostModule] = [8, 20];

/** Pixels of the side that is aimed at: as wide as most phones are. */
const aimedSide = 960;

/**
 * Bytes. WhatsApp's have 240; the standard allows 2953 (ISO/IEC 18004, 7.1), which no camera reads from a screen, and
 * which take a second to work out.
 */
export const maxQrBytes = 1000;

const rowOf = (modules: readonly boolean[], scale: number): Uint8Array => {
  const row = new Uint8Array(modules.length * scale * 4).fill(255);
  for (const [column, isBlack] of modules.entries()) {
    if (!isBlack) continue;
    for (let x = column * scale; x < (column + 1) * scale; x++) row.fill(0, 4 * x, 4 * x + 3);
  }
  return row;
};

/**
 * A text as a QR code, black on white, as PNG. It is squares alone, so it takes neither fonts nor the process that draws
 * screens, and goes to nobody else on its way.
 * @returns null where it is too long for one, or empty
 */
export const qrPicture = async (given: string): Promise<Uint8Array | null> => {
  const text = given.toWellFormed();
  const bytes = Buffer.byteLength(text);
  if (bytes === 0 || bytes > maxQrBytes) return null;
  const { data, size } = encode(text, { ecc: 'L', boostEcc: true, border: quietZone });
  const scale = Math.max(leastModule, Math.min(mostModule, Math.floor(aimedSide / size)));
  const png = createPng(size * scale, size * scale);
  for (const modules of data) {
    const row = rowOf(modules, scale);
    for (let y = 0; y < scale; y++) await png.add(row);
  }
  return png.finish();
};
