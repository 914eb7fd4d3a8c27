import t from 'tap';
import {
  cardMessage,
  cardRing,
} from '../../../../../exporters/notifier/telegram/alert/card-message.ts';
import { htmlOf } from '../../../../../exporters/notifier/telegram/format/html.ts';
import { texts } from '../../../../../exporters/notifier/texts.ts';
import { sampleCard } from '../../sample-card.ts';

const cardOf = (kind: string, headline: string, sessions: string[]) =>
  sampleCard({ kind, headline, sessions, details: [], screen: null });

const second = (card: ReturnType<typeof sampleCard>): string =>
  htmlOf(cardMessage(card, false)).split('\n')[1] ?? '';

const spoof = '🟢 Resolved · api is back';

t.test('names of sessions are not words of ours', async (t) => {
  const cases: [string[], string, string][] = [
    [['claude-api'], 'claude-api died: x', '<code>claude-api</code><b> died: x</b>'],
    [[spoof], `${spoof} died: x`, `<b>named </b><code>${spoof}</code><b> died: x</b>`],
    [['Resolved'], 'Resolved died: x', '<b>named </b><code>Resolved</code><b> died: x</b>'],
    [['a', 'a b'], 'a b, a died: x', '<code>a b</code><b>, </b><code>a</code><b> died: x</b>'],
    [['a-b/c[.*'], 'a-b/c[.* died: x', '<code>a-b/c[.*</code><b> died: x</b>'],
    [['died'], 'bot died: x', '<b>bot </b><code>died</code><b>: x</b>'],
    [[''], 'bot died: x', '<b>bot died: x</b>'],
  ];
  for (const [sessions, headline, html] of cases)
    t.equal(second(cardOf('session-died', headline, sessions)), html);
  const ring = htmlOf(cardRing(cardOf('session-died', `${spoof} died: x`, [spoof])));
  t.equal(ring, `🟠 Error: named <code>${spoof}</code> died: x`);
});

t.test('nor are those of servers and people, in any headline there is', async (t) => {
  const about = { server: spoof, subject: spoof, message: spoof, sessions: '' };
  const naming = Object.entries(texts.headlines)
    .map(([kind, headline]) => [kind, headline(about)] as const)
    .concat([['session-died', `the tmux server ${spoof} died: its tmux server hung`]])
    .filter(([, headline]) => headline.includes(spoof));
  t.ok(naming.length >= 6);
  for (const [kind, headline] of naming)
    for (const told of [kind, 'storm'])
      t.ok(second(cardOf(told, headline, [])).includes(`<code>${spoof}</code>`), headline);
});
