import fc from 'fast-check';
import t from 'tap';
import { encode } from 'uqr';
import { isPhoto, sizeOf } from '../../../../exporters/notifier/picture/photo.ts';
import { maxQrBytes, qrPicture } from '../../../../exporters/notifier/picture/qr.ts';
import { type Pixels, readPng } from './read-png.ts';

const quietZone = 4;

/** The modules of a picture, by the pixel in the middle of each; the scale is taken from its first finder pattern. */
const modulesIn = ({ width, at }: Pixels): { modules: boolean[][]; scale: number } => {
  let [left, right] = [0, 0];
  while (at(left, left) !== '#000000') left += 1;
  right = left;
  while (at(right, left) === '#000000') right += 1;
  // A finder pattern is seven modules wide.
  const scale = (right - left) / 7;
  const size = width / scale;
  const middle = (module: number): number => Math.floor((module + 0.5) * scale);
  const modules = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => at(middle(column), middle(row)) === '#000000'),
  );
  return { modules, scale };
};

/** As whatsapp-web.js gives it. */
const usual = `2@${'aB3/'.repeat(34)},${'Zz9+'.repeat(11)}=,${'q1W2'.repeat(11)}=,${'E5r='.repeat(11)}=,1`;

t.test('a picture has the modules of the code, large enough, with its quiet zone', async (t) => {
  for (const text of ['x', 'what-logs-in', usual, 'é漢🎉'.repeat(50), 'y'.repeat(maxQrBytes)]) {
    const png = await qrPicture(text);
    if (png === null) throw new Error('no picture');
    const pixels = readPng(png);
    const { modules, scale } = modulesIn(pixels);
    t.ok(Number.isInteger(scale) && scale >= 8, `${scale} pixels a module`);
    t.strictSame(modules, encode(text, { boostEcc: true, border: quietZone }).data);
    const white = Array.from({ length: modules.length }, () => false);
    t.strictSame(modules.slice(0, quietZone), Array(quietZone).fill(white), 'white above');
    t.strictSame(modules.slice(-quietZone), Array(quietZone).fill(white), 'and below');
    t.ok(isPhoto(sizeOf(png)), 'it is sent as a photo');
    t.ok(pixels.width >= 580, 'as large as a phone shows it');
    t.equal(pixels.width, pixels.height);
  }
});

t.test('what is no QR code', async (t) => {
  t.equal(await qrPicture(''), null);
  t.equal(await qrPicture('y'.repeat(maxQrBytes + 1)), null);
  t.equal(await qrPicture('é'.repeat(maxQrBytes / 2 + 1)), null, 'bytes count');
});

t.test('any text at all is a picture, or none', async (t) => {
  const any = fc.string({ unit: 'binary', maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(any, fc.constantFrom('\ud800', '%', '%zz', '\0\x1b[31m')),
      async (text) => {
        const png = await qrPicture(text);
        t.equal(png === null, text === '');
      },
    ),
    { numRuns: 60 },
  );
});
