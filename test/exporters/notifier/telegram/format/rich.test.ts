import fc from 'fast-check';
import t from 'tap';
import { cleanLine, cleanText } from '../../../../../exporters/notifier/telegram/format/clean.ts';
import { plainOf } from '../../../../../exporters/notifier/telegram/format/entities.ts';
import { foreign } from '../../../../../exporters/notifier/telegram/format/foreign.ts';
import { htmlOf } from '../../../../../exporters/notifier/telegram/format/html.ts';
import {
  code,
  lines,
  pre,
  type Rich,
} from '../../../../../exporters/notifier/telegram/format/rich.ts';
import { withFound } from '../../../../telegram/text/found-entities.ts';
import { parseHtml } from '../../../../telegram/text/html.ts';
import { hostileText } from './hostile.ts';
import { textOf } from './text-of.ts';

const forbidden =
  /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u3164\u{e0000}-\u{e007f}]/u;

const own = new Set(['bold', 'italic', 'code', 'pre']);

/** What a phone makes of it: nothing to press, nothing that was not ours. */
const pressable = (text: string, entities: Parameters<typeof withFound>[1]) =>
  withFound(text, entities).filter(({ type }) => !own.has(type));

const shapes: ((text: string) => Rich)[] = [
  (text) => foreign(text),
  (text) => foreign(text, 'bold'),
  (text) => code(text),
  (text) => pre(text),
  (text) => lines(foreign(text), code(text), pre(text), foreign(text)),
];

t.test('whatever a terminal prints is text and nothing else', async (t) => {
  fc.assert(
    fc.property(hostileText(), fc.constantFrom(...shapes), (text, shape) => {
      const rich = shape(text);
      const parsed = parseHtml(htmlOf(rich));
      t.equal(parsed.text, textOf(rich), 'the markup is that of the text');
      t.notMatch(parsed.text, forbidden);
      t.same(pressable(parsed.text, parsed.entities), [], JSON.stringify(parsed.text));
      t.ok(parsed.entities.length <= 100);
      const plain = plainOf(rich);
      t.equal(plain.text, parsed.text, 'without markup nothing is lost');
      t.same(pressable(plain.text, plain.entities), []);
    }),
    { numRuns: 2000 },
  );
});

t.test('cleaning twice changes nothing more', async (t) => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      t.equal(cleanText(cleanText(text)), cleanText(text));
      t.equal(cleanLine(cleanLine(text)), cleanLine(text));
    }),
    { numRuns: 1000 },
  );
});

t.test('what stays', async (t) => {
  t.equal(cleanText('👨‍👩‍👧 ❤️ 日本語 é'), '👨‍👩‍👧 ❤️ 日本語 é');
  t.equal(cleanText('a\u202eb\u200dc\u200bd\x1b[31me\x1b[0m'), 'abcde');
  t.equal(cleanText('a\r\nb\rc\td'), 'a\nb\nc    d');
  t.equal(cleanText(`o${'\u0301'.repeat(50)}`), `o${'\u0301'.repeat(3)}`);
});

t.test('only what could be pressed stands as code', async (t) => {
  t.equal(
    htmlOf(foreign('bot.example.com died: killed by SIGKILL at 14:03:22 <now>')),
    '<code>bot.example.com</code> died: killed by SIGKILL at 14:03:22 &lt;now&gt;',
  );
  t.equal(htmlOf(foreign('run /stop @all now')), 'run <code>/stop @all</code> now');
  const many = 'a /x '.repeat(50);
  t.equal(htmlOf(foreign(many)), `<code>${many.trim()}</code>`);
});

t.test('a long text of one kind takes no long time', async (t) => {
  // What took time for each pair of characters would outlast the time limit of this file.
  const characters = 1_500_000;
  const blankLines = `x${'\n'.repeat(characters)}x`;
  for (const piece of ['a', '1 ', '\u0301'])
    for (const shape of shapes) t.ok(htmlOf(shape(piece.repeat(characters / piece.length))), piece);
  for (const shape of shapes) t.ok(htmlOf(shape(blankLines)), 'blank lines');
});

t.test('blank lines at both ends of a screen are left out', async (t) => {
  t.equal(pre(' \n\n  a \n\nb\n \n').text, '  a\n\nb');
  t.equal(pre(' \n \n').text, '');
});
