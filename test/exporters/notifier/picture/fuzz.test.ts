import fc from 'fast-check';
import t from 'tap';
import { drawPicture } from '../../../../exporters/notifier/picture/draw.ts';
import { readPng } from './read-png.ts';

const pieces = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) }),
  fc.constantFrom(
    ...['</text></svg>', '<![CDATA[', '&lt;&#0;', '"/><image href="file:///etc/passwd"/>', ']]>'],
    ...['\x1b]8;;', '\x1b\\', '\x1bP', '\x1b[c', '\x1b[6n', '\x1b[?1049h', '\x0e', '\x0f', '\t'],
    ...['\n', '\u200d', '\u0301', '\ufe0f', '\u20e3', '👨‍👩‍👧‍👦', '🏳️‍🌈', '한', 'ﷺ', '\u{e0067}'],
  ),
  fc.array(fc.integer({ min: -1, max: 300 }), { maxLength: 40 }).map((n) => `\x1b[${n.join(';')}m`),
  fc
    .tuple(fc.constantFrom('\u0301', '\u200d', 'ﷺ', '🇩', '\x1b'), fc.nat(500))
    .map(([part, n]) => part.repeat(n)),
  fc.integer({ min: 0x2500, max: 0x28ff }).map((n) => String.fromCharCode(n)),
);

const request = fc.record({
  text: fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  columns: fc.integer({ min: 1, max: 120 }),
  rows: fc.integer({ min: 1, max: 30 }),
  title: fc.oneof(fc.constant(''), fc.string({ unit: 'binary' }), pieces),
});

t.test('whatever a terminal can print becomes a picture', async (t) => {
  await fc.assert(
    fc.asyncProperty(request, async (request) => {
      const { width, height } = readPng(await drawPicture(request, Number.POSITIVE_INFINITY));
      return width >= 840 - 40 && height >= 40;
    }),
    { numRuns: Number(process.env['HOLDFAST_PICTURES'] ?? 150) },
  );
  t.pass();
});
