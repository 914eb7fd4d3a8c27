import fc from 'fast-check';
import t from 'tap';
import { isBlank } from '../../../../../exporters/notifier/telegram/format/clean.ts';
import { foreign } from '../../../../../exporters/notifier/telegram/format/foreign.ts';
import { htmlOf } from '../../../../../exporters/notifier/telegram/format/html.ts';
import {
  bold,
  code,
  lines,
  pre,
  type Rich,
} from '../../../../../exporters/notifier/telegram/format/rich.ts';
import { split } from '../../../../../exporters/notifier/telegram/format/split.ts';
import { formatText } from '../../../../telegram/text/formatted-text.ts';
import { parseHtml } from '../../../../telegram/text/html.ts';
import { hostileText } from './hostile.ts';
import { textOf } from './text-of.ts';

const piece: fc.Arbitrary<Rich> = fc
  .tuple(
    hostileText(60),
    fc.constantFrom(foreign, code, pre, bold, (text: string) => text),
  )
  .map(([text, shape]) =>
    shape === bold ? bold(textOf(foreign(text))) : shape(textOf(pre(text))),
  );

const richText = fc.array(piece, { minLength: 1, maxLength: 30 }).map((pieces) => lines(...pieces));

t.test('the parts are the whole, and Telegram takes each of them', async (t) => {
  fc.assert(
    fc.property(richText, fc.constantFrom(64, 100, 1000, 4096), (rich, limit) => {
      const parts = split(rich, limit);
      for (const part of parts) {
        const parsed = parseHtml(htmlOf(part));
        t.equal(parsed.text, textOf(part));
        t.ok(parsed.text.length <= limit, 'it fits');
        t.ok(parsed.entities.length <= 90, 'every entity is kept');
        t.ok(parsed.text.isWellFormed(), 'no surrogate is alone');
        t.notOk(isBlank(parsed.text));
      }
      const without = (text: string) => text.replace(/[\s\u2800]/g, '');
      t.equal(without(parts.map(textOf).join('')), without(textOf(rich)), 'nothing is lost');
    }),
    { numRuns: 500 },
  );
});

t.test('the real limit holds after cleaning by the server', async (t) => {
  const screen = Array.from({ length: 400 }, (_, i) => `line ${i} <&> ${'█'.repeat(60)}`).join(
    '\n',
  );
  const parts = split(lines(bold('Screen'), pre(screen)));
  t.ok(parts.length > 1);
  for (const part of parts) {
    const { text, entities } = formatText({ text: htmlOf(part), parseMode: 'HTML', entities: [] });
    t.ok(text.length <= 4096 && entities.some(({ type }) => type === 'pre'));
  }
  const all = parts.map(textOf).join('');
  t.equal(all, `Screen\n${screen}`);
});

t.test('cut between lines, then between words, then between characters', async (t) => {
  const cut = (text: string, limit: number) => split(text, limit).map(textOf);
  t.same(cut(`${'a'.repeat(60)}\n${'b'.repeat(60)}\nc`, 64), [
    `${'a'.repeat(60)}\n`,
    `${'b'.repeat(60)}\nc`,
  ]);
  t.same(cut(`${'word '.repeat(20)}`, 64), [`${'word '.repeat(12)}`, `${'word '.repeat(8)}`]);
  const family = '👨‍👩‍👧';
  const parts = cut(family.repeat(20), 64);
  t.equal(parts.join(''), family.repeat(20));
  t.ok(
    parts.every((part) => part.replaceAll(family, '') === ''),
    'no family is torn apart',
  );
});

t.test('no part has more styles than Telegram keeps', async (t) => {
  const many = Array.from({ length: 300 }, (_, i): Rich => [code(`${i}`), ' ']);
  for (const rich of [many, lines(...many)]) {
    const parts = split(rich);
    t.ok(parts.length >= 4);
    for (const part of parts) t.ok(parseHtml(htmlOf(part)).entities.length <= 90);
    t.equal(parts.map(textOf).join(''), textOf(rich));
  }
});

t.test('text without an end takes no long time', async (t) => {
  t.ok(split(pre('x\n'.repeat(200_000))).length >= 97);
  t.ok(split(Array.from({ length: 20_000 }, (_, i): Rich => [code(`${i}`), ' '])).length > 1);
});
