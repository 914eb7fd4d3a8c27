import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { decodeDeclared, encodeDeclared } from '../../../agent/model/declared-name.ts';

t.test('a name comes back as it was, and breaks no line', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (name) => {
      const option = encodeDeclared(name);
      assert.match(option, /^[A-Za-z0-9_-]+$/);
      assert.equal(decodeDeclared(option), name);
    }),
  );
});

t.test('the longest name a configuration may declare comes back', async (t) => {
  for (const character of ['a', '会', '\u{1f4e6}', '"', '\\']) {
    const name = character.repeat(200);
    t.equal(decodeDeclared(encodeDeclared(name)), name);
  }
});

t.test('what we never write is no name', async (t) => {
  for (const option of ['', ' ', 'a b', 'a\nb', 'a=', 'a+b', 'é', 'a'.repeat(2001)]) {
    t.equal(decodeDeclared(option), '', JSON.stringify(option.slice(0, 20)));
  }
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      (option) => typeof decodeDeclared(option) === 'string',
    ),
  );
});
