import fc from 'fast-check';
import t from 'tap';
import { jsonLine } from '../../../../agent/cli/frame/print-json.ts';
import { printable, printableLines } from '../../../../agent/model/text/printable.ts';

/** Text as an attacker writes it: escape sequences, controls, marks, halves of characters. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...['\x1b[2J', '\x1b]0;title\x07', '\x1b]8;;http://x\x1b\\', '\x1bP+q\x1b\\', '\x9b31m'],
        ...[
          '\x1b',
          '\x1b[',
          '\r',
          '\b',
          '\x07',
          '\x7f',
          '\u202e',
          '\u2066',
          '\u2028',
          '\ud800',
          '\x00',
        ],
      ),
      fc.string(),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

// Written apart from the code under test: what a terminal acts on, or hides and turns around.
const dangerous = (text: string): boolean =>
  [...text].some((char) => {
    const point = char.codePointAt(0) ?? 0;
    const control = point < 0x20 || (point >= 0x7f && point <= 0x9f);
    const bidi = point === 0x61c || (point >= 0x200e && point <= 0x200f);
    const turned = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
    const half = point >= 0xd800 && point <= 0xdfff;
    return control || bidi || turned || half || point === 0x2028 || point === 0x2029;
  });

t.test('nothing a terminal obeys is left', async () => {
  fc.assert(
    fc.property(hostile, (text) => !dangerous(printable(text))),
    { numRuns: 2000 },
  );
});

t.test('what is printable stays as it is', async (t) => {
  const plain = ['web', 'a.b:c', 'bot 2 "x"', "it's", '日本語', 'café', '👩‍👩‍👧‍👦', '#{pid}'];
  for (const text of plain) t.equal(printable(text), text);
});

t.test('twice is once, and nothing grows', async () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const once = printable(text);
      return printable(once) === once && once.length <= text.length;
    }),
  );
});

t.test('a sequence goes as a whole, and what it would have built does not come back', async (t) => {
  t.equal(printable('\x1b[31mred\x1b[0m'), 'red');
  t.equal(printable('a\tb\nc'), 'a b c');
  t.notOk(printable('\x1b\x1b[1m[31mx').includes('\x1b'));
  t.same(printableLines('one\r\ntwo\x1b[K\n'), ['one', 'two', '']);
});

t.test('64 KiB of escapes take no time', async (t) => {
  const bad = ['\x1b[', '\x1b]0;', '\x1b]8;;a;', '\x9b1;'].map((part) => part.repeat(16_384));
  for (const text of bad) t.notOk(dangerous(printable(text)));
});

t.test('JSON holds no control either, and reads back as it was', async () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const line = jsonLine({ text });
      return !dangerous(line) && JSON.parse(line).text === text;
    }),
    { numRuns: 1000 },
  );
});
