import fc from 'fast-check';
import t from 'tap';
import { parseEntries } from '../../../../../agent/observe/sources/parse/journal-entry.ts';
import { anybody } from '../recorded.ts';

const parse = (document: unknown) => parseEntries(`${JSON.stringify(document)}\n`);

t.test('an entry has the time it was sent, else the time it came', async (t) => {
  t.match(parse(anybody), [{ at: 1795274341112 }]);
  const { _SOURCE_REALTIME_TIMESTAMP: _, ...late } = anybody;
  t.match(parse(late), [{ at: 1795274341112.494 }]);
});

t.test('what is no UTF-8 comes as bytes', async (t) => {
  const [entry] = parse({ ...anybody, MESSAGE: [104, 105, 255, 33] });
  t.equal(entry?.fields.get('MESSAGE'), 'hi\ufffd!');
});

t.test('a field that was sent twice, is too long or has no text is left out', async (t) => {
  const [entry] = parse({ ...anybody, UNIT: ['a.service', 'b.service'], MESSAGE: null, N: 5 });
  t.ok(entry);
  for (const name of ['UNIT', 'MESSAGE', 'N']) t.notOk(entry?.fields.has(name), name);
});

t.test('names of the language are fields as others', async (t) => {
  const [entry] = parseEntries('{"__REALTIME_TIMESTAMP":"1","__proto__":"x","constructor":"y"}');
  t.equal(entry?.fields.get('__proto__'), 'x');
  t.equal(entry?.fields.get('toString'), undefined);
});

t.test('lines that are torn or are none are left out', async (t) => {
  const whole = JSON.stringify(anybody);
  for (let end = 0; end < whole.length; end += 1) {
    t.equal(parseEntries(`${whole}\n${whole.slice(0, end)}`).length, 1);
  }
  const none = ['null', '[]', '1', '"x"', '{}', '{"__REALTIME_TIMESTAMP":"-1"}', '\0', 'Hint: no'];
  t.same(parseEntries(none.join('\n')), []);
});

t.test('it reads anything', async () => {
  fc.assert(
    fc.property(fc.json(), fc.string({ unit: 'binary' }), (json, junk) => {
      parseEntries(`${json}\n${junk}`);
    }),
  );
});
