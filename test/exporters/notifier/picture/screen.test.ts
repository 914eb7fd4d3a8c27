import t from 'tap';
import { hex } from '../../../../exporters/notifier/picture/colour.ts';
import { printable } from '../../../../exporters/notifier/picture/printable.ts';
import { interpretScreen } from '../../../../exporters/notifier/picture/screen.ts';

const row = async (text: string, y = 0) => (await interpretScreen(text, 20, 5)).row(y);
const words = async (text: string, y = 0): Promise<string> =>
  (await row(text, y))
    .map((cell) => cell.text || ' ')
    .join('')
    .trimEnd();

t.test('only colours and characters are left of what a terminal might obey', async (t) => {
  for (const [given, left] of [
    ['a\x1b[31mb\x1b[0;4:3;38:2::1:2:3mc', 'a\x1b[31mb\x1b[0;4:3;38:2::1:2:3mc'],
    ['a\x1b]8;;http://x\x1b\\b\x1b]8;;\x07c', 'abc'],
    ['a\x1bP+q544e\x1b\\b\x1b_Gi=1\x1b\\c\x1b^x\x1b\\d', 'abcd'],
    ['a\x1b[2J\x1b[5n\x1b[?1049h\x1b[10;10Hb\x1b[c', 'ab'],
    ['a\x1bc\x1b#8\x1b(0\x1b7b', 'ab'],
    ['a\x9b2J\x90x\x9cb\x07\b\r\x00', 'a2Jxb'],
    ['a\x1b]0;never ended\nb', 'a\nb'],
    ['a\x1b', 'a'],
    ['\u202eabc\u2066\ufeff\uffff', 'abc'],
    ['\ud800a', '\ufffda'],
    [`e${'\u0301'.repeat(100_000)}`, `e${'\u0301'.repeat(4)}`],
    [`a\x1b[${'1;'.repeat(5000)}mb`, 'ab'],
  ] as const) {
    t.equal(printable(given), left, JSON.stringify(given.slice(0, 20)));
  }
});

t.test('a million times the same garbage comes to an end', async (t) => {
  for (const part of ['\x1b', '\x1b[', '\x1b]', '\x1bP', '\x1b[1;', '\u0301', 'e\u200d', '\x1b ']) {
    const garbage = part.repeat(1_000_000);
    t.ok(printable(garbage).length <= garbage.length, JSON.stringify(part));
  }
});

t.test('line drawing is understood as tmux writes it', async (t) => {
  t.equal(await words('\x0elqk\x0f x'), '┌─┐ x');
});

t.test('colours are settled', async (t) => {
  const [a, b, c] = await row('\x1b[31;44ma\x1b[7mb\x1b[0;38;2;1;2;3mc');
  t.same([hex(a?.ink ?? 0), hex(a?.paper ?? 0)], ['#f0626d', '#5aa2f7']);
  t.same([hex(b?.ink ?? 0), hex(b?.paper ?? 0)], ['#5aa2f7', '#f0626d']);
  t.same([hex(c?.ink ?? 0), c?.paper], ['#010203', null]);
});

t.test('a line stays a line, however long; the last lines are shown', async (t) => {
  const text = `${'x'.repeat(50)}\nsecond\n`;
  t.equal(await words(text, 1), 'second');
  t.equal(await words('1\n2\n3\n4\n5\n6\n7\n', 0), '3');
});

t.test('a character takes its width once', async (t) => {
  const cells = await row('a漢👨‍👩‍👧b');
  t.same(
    cells.slice(0, 4).map(({ text, column, width }) => [text, column, width]),
    [
      ['a', 0, 1],
      ['漢', 1, 2],
      ['👨‍👩‍👧', 3, 2],
      ['b', 5, 1],
    ],
  );
});

t.test('the addon works whatever was read before it', async (t) => {
  Buffer.from('moves the place in the pool');
  t.equal((await row('漢'))[0]?.width, 2);
});
