import fc from 'fast-check';
import t from 'tap';
import { redact } from '../../../../agent/model/redaction.ts';
import { printable } from '../../../../agent/model/text/printable.ts';
import { parseEntries } from '../../../../agent/observe/sources/parse/journal-entry.ts';
import { maxLine, mostLines, outputText } from '../../../../agent/observe/units/output-text.ts';

const redacted = (text: string): string => redact(text).text;

const entry = (MESSAGE: unknown): string =>
  JSON.stringify({ __REALTIME_TIMESTAMP: '1795176000000000', MESSAGE });

const textOf = (...messages: unknown[]): string =>
  outputText(parseEntries(messages.map(entry).join('\n')), redacted);

const token = `ghp_${'a1'.repeat(18)}`;

t.test('each entry is a line, the last ones are kept, and blank ones are none', async (t) => {
  t.equal(textOf('one', '  ', '', 'two'), 'one\ntwo');
  const many = Array.from({ length: mostLines + 5 }, (_, i) => `line ${i}`);
  t.strictSame(textOf(...many).split('\n'), many.slice(5));
  t.equal(textOf(), '');
  t.equal(textOf('\x1b[2J', '\u202e'), '');
});

t.test('it does nothing to a terminal, nor to the line below', async (t) => {
  t.equal(textOf('\x1b[31mred\x1b[0m\x07\r\nend', '\u202eabc'), 'red end\nabc');
});

t.test('secrets are taken out, also of a line that is cut in one', async (t) => {
  t.equal(textOf(`token ${token}`), 'token [redacted]');
  const [line = ''] = textOf(`${'x '.repeat(maxLine / 2 - 5)}${token}`).split('\n');
  t.notMatch(line, 'ghp_');
  const key = ['-----BEGIN PRIVATE KEY-----', 'A'.repeat(64), '-----END PRIVATE KEY-----'];
  t.notMatch(textOf('before', ...key, 'after'), 'AAAA', 'nor one of several lines');
});

t.test('what is too long is cut, and says so; between characters', async (t) => {
  t.equal(textOf('x'.repeat(maxLine)), 'x'.repeat(maxLine));
  t.equal(textOf('x '.repeat(maxLine)).length, maxLine);
  t.match(textOf('x '.repeat(maxLine)), /x…$/);
  t.ok(textOf('😀'.repeat(maxLine)).isWellFormed());
});

t.test('a value that journalctl leaves out, or should have, is told', async (t) => {
  const tooLong = '(a line too long for journalctl to show)';
  t.equal(textOf('a', null, 'b'), `a\n${tooLong}\nb`);
  t.equal(textOf('y'.repeat(4097)), tooLong);
  t.equal(textOf(['sent', 'twice']), tooLong);
});

t.test('what is no UTF-8 comes as bytes', async (t) => {
  t.equal(textOf([104, 105, 255, 27, 91, 50, 74]), 'hi\ufffd');
});

t.test('whatever journalctl prints, it is bounded, printable and without the secret', async () => {
  const byte = fc.integer({ min: -1, max: 300 });
  const message = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6000 }),
    fc.string({ unit: fc.constantFrom('\x1b', '[', ']', '\x07', '\x9b', ';', '2', 'J', 'é') }),
    fc.array(byte, { maxLength: 5000 }),
    fc.string({ maxLength: 400 }).map((before) => `${before} ${token} after`),
    fc.jsonValue(),
  );
  const line = fc.oneof(message.map(entry), fc.string({ unit: 'binary' }), fc.json());
  const torn = fc.tuple(message, fc.nat()).map(([some, end]) => entry(some).slice(0, end));
  const printed = fc.array(fc.oneof(line, torn), { maxLength: 40 });
  fc.assert(
    fc.property(printed, (lines) => {
      const text = outputText(parseEntries(lines.join('\n')), redacted);
      const shown = text.split('\n');
      return (
        shown.length <= mostLines &&
        Buffer.byteLength(text) < 20_000 &&
        shown.every((one) => one === printable(one) && one.length <= maxLine) &&
        !text.includes(token)
      );
    }),
  );
});
