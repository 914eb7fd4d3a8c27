import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { cutToJson, jsonBytes } from '../../../agent/model/json-size.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

t.test('bytes are those of UTF-8', async (t) => {
  t.equal(jsonBytes({ a: '会' }), 11);
  t.equal(jsonBytes('\u0000'), 8);
  t.equal(jsonBytes('\ud800'), 8, 'half a character is escaped');
});

t.test('a cut text fits, begins the same, and not one more character would fit', async () => {
  fc.assert(
    fc.property(anyText, fc.nat(200), (text, max) => {
      const cut = cutToJson(text, max);
      assert.ok(text.startsWith(cut));
      assert.ok(jsonBytes(cut) - 2 <= max);
      const next = [...text.slice(cut.length)][0];
      if (next !== undefined) assert.ok(jsonBytes(cut + next) - 2 > max);
    }),
  );
});

t.test('no character is cut in two', async (t) => {
  const boxes = '\u{1f4e6}'.repeat(300);
  t.equal(cutToJson(boxes, 1001), '\u{1f4e6}'.repeat(250));
  t.equal(cutToJson('a'.repeat(10), 60), 'a'.repeat(10));
});
