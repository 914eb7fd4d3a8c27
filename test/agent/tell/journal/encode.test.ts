import fc from 'fast-check';
import t from 'tap';
import { encode, maxEntryBytes } from '../../../../agent/tell/journal/encode.ts';
import { decode } from './decode.ts';

t.test('a value of one line is written as it is, one of several with its length', async (t) => {
  t.equal(encode([['MESSAGE', 'a = b']]).toString(), 'MESSAGE=a = b\n');
  t.equal(
    encode([['MESSAGE', 'a\nMESSAGE_ID=x']]).toString('latin1'),
    'MESSAGE\n\x0e\0\0\0\0\0\0\0a\nMESSAGE_ID=x\n',
  );
  t.equal(encode([]).length, 0);
});

const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/);
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('a\nPRIORITY=0', '\n', '=', '\0\n\0', ''),
);

t.test('what was put in comes out, and nothing else', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 20 }), (entry) => {
      t.strictSame(
        decode(encode(entry)),
        entry.map(([field, text]) => [field, text.toWellFormed()]),
      );
    }),
  );
});

t.test('a name that journald would not take is left out', async (t) => {
  for (const bad of ['', '_PID', 'a', 'A=B', 'A\nB', '1A', 'Ä', 'A'.repeat(65)]) {
    t.equal(encode([[bad, 'x']]).length, 0, JSON.stringify(bad));
  }
});

t.test('an entry is bounded, and what fits is whole', async (t) => {
  const long = 'é'.repeat(maxEntryBytes);
  t.strictSame(
    decode(
      encode([
        ['A', '1'],
        ['B', long],
        ['C', '3'],
      ]),
    ),
    [
      ['A', '1'],
      ['C', '3'],
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.nat(20_000), { maxLength: 12 }), (lengths) => {
      const bytes = encode(lengths.map((length) => ['FIELD', 'é\n'.repeat(length / 2)]));
      t.ok(bytes.length <= maxEntryBytes);
      decode(bytes);
    }),
    { numRuns: 30 },
  );
});
