import fc from 'fast-check';
import t from 'tap';
import { spansOf } from '../../../../../exporters/notifier/telegram/format/rich.ts';
import { linkIn, lookOf } from '../../../../../exporters/notifier/telegram/login/look.ts';
import { hostileText } from '../format/hostile.ts';
import { needOf } from './asking-bot.ts';

const until = '12:00:00 UTC';

const textOf = async (kind: 'code' | 'login', text: string) => {
  const look = await lookOf(needOf({ kind, text }), until);
  if (look.as !== 'text') throw new Error('no text');
  return spansOf(look.text);
};

/** What Telegram reads for links, mentions and commands. */
const plain = async (kind: 'code' | 'login', text: string): Promise<string> =>
  (await textOf(kind, text))
    .filter(({ style }) => style !== 'pre' && style !== 'code')
    .map((span) => span.text)
    .join('|');

t.test('nothing that a bot wrote can be pressed, and it fits one message', async (t) => {
  const kinds = ['code', 'login'] as const;
  const ours = new Set<string>();
  for (const kind of kinds)
    for (const text of ['x', '', 'x'.repeat(4096)]) ours.add(await plain(kind, text));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...kinds), hostileText(), async (kind, text) => {
      fc.pre(kind === 'code' || linkIn(text) === null);
      const whole = (await textOf(kind, text)).map((span) => span.text).join('');
      return ours.has(await plain(kind, text)) && whole.length <= 4096;
    }),
    { numRuns: 200 },
  );
  t.equal(ours.size, 6, 'each kind: shown, nothing to be shown, cut');
});

t.test('what is an address, and nothing else', async (t) => {
  const links: [string, string | null][] = [
    ['https://a.example/x', 'https://a.example/x'],
    [' http://a.example ', 'http://a.example/'],
    // A name that looks like another is shown as what is asked for.
    ['https://аpple.com/', 'https://xn--pple-43d.com/'],
    ['https://a.example\u202e/', null],
    ['https://a.example/ x', null],
    ['https://a.example@evil.example/', null],
    ['https://@evil.example/', null],
    ['javascript:alert(1)', null],
    ['tg://resolve?domain=x', null],
    ['ftp://a.example', null],
    ['a.example', null],
    [`https://a.example/${'x'.repeat(2048)}`, null],
  ];
  for (const [text, link] of links) t.equal(linkIn(text), link, text);
});
