import fc from 'fast-check';
import t from 'tap';
import type { Actor } from '../../../../../agent/model/events/incident.ts';
import { actorHeadline } from '../../../../../agent/model/text/actor-text.ts';
import type { Headline } from '../../../../../agent/model/text/headline.ts';
import { headlineText } from '../../../../../agent/model/text/headline.ts';
import { printable } from '../../../../../agent/model/text/printable.ts';
import type { Card } from '../../../../../exporters/notifier/card.ts';
import {
  type Alert,
  type AlertKind,
  alertKinds,
} from '../../../../../exporters/notifier/classify/alert.ts';
import { newAlert } from '../../../../../exporters/notifier/classify/open.ts';
import { cardOf } from '../../../../../exporters/notifier/present/card-of.ts';
import { stormCard } from '../../../../../exporters/notifier/present/storm-card.ts';
import {
  cardMessage,
  cardRing,
} from '../../../../../exporters/notifier/telegram/alert/card-message.ts';
import { htmlOf } from '../../../../../exporters/notifier/telegram/format/html.ts';
import { actorOf } from '../../../../agent/cli/why/sample-actor.ts';
import { sampleCard } from '../../sample-card.ts';
import { hostileText } from '../format/hostile.ts';

const cardWith = (headlineParts: Headline): Card =>
  sampleCard({ headline: headlineText(headlineParts), headlineParts, details: [], screen: null });

const second = (card: Card): string => htmlOf(cardMessage(card, false)).split('\n')[1] ?? '';

const spoof = '🟢 Resolved · api is back';

t.test('names are not words of ours', async (t) => {
  const named = (name: string): Headline => [{ name }, ' died: x'];
  const cases: [Headline, string][] = [
    [named('claude-api'), '<code>claude-api</code><b> died: x</b>'],
    [named(spoof), `<b>named </b><code>${spoof}</code><b> died: x</b>`],
    [named('Resolved'), '<b>named </b><code>Resolved</code><b> died: x</b>'],
    [
      [{ name: 'a b' }, ', ', { name: 'a' }, ' died'],
      '<code>a b</code><b>, </b><code>a</code><b> died</b>',
    ],
    [['bot ', { name: 'died' }, ' died: x'], '<b>bot </b><code>died</code><b> died: x</b>'],
    [named('\u200b\n'), '<code>?</code><b> died: x</b>'],
  ];
  for (const [parts, html] of cases) t.equal(second(cardWith(parts)), html);
  const ring = htmlOf(cardRing(cardWith(named(spoof))));
  t.equal(ring, `🟠 Error: named <code>${spoof}</code> died: x`);
});

/** Who is named, in each place a headline may have a name from. */
interface Names {
  server: string;
  subject: string;
  message: string;
  sessions: string[];
}

const moment = { at: Date.UTC(2026, 0, 31, 12), seq: 1, trace: '' };

const storedCard = (kind: AlertKind, { subject, ...about }: Names) =>
  cardOf(newAlert(kind, subject, moment, about satisfies Partial<Alert>), 'vps-1');

/** As the outbox keeps a card and gives it to a channel. */
const kept = (card: object): Card => ({ ...JSON.parse(JSON.stringify(card)), loud: true });

/** An alert by itself, and in a storm of one. */
const cardsOf = (kind: AlertKind, names: Names): Card[] => {
  const card = storedCard(kind, names);
  const totals = { alerts: 1, over: 0, worst: card.severity, firstAt: 0, examples: [card] };
  return [kept(card), kept(stormCard('storm-1', totals, 'vps-1', 0, 0))];
};

/** What of a headline reads as words of ours. */
const ownWords = (html: string): string =>
  html.replace(/<code>[^<]*<\/code>/g, '¤').replace(/<b>named <\/b>|(?<=: )named /, '');

const ringOf = (card: Card): string => htmlOf(cardRing(card));

/** What reads as the end of a headline and the beginning of another. */
const clever = fc.constantFrom(
  ...[spoof, `web is called ${spoof} now`, 'x died and is not back', 'x: brought back too often'],
  ...['x died: killed by SIGKILL', 'web, bot and 5 more', 'x may now ask and act', 'Resolved'],
  ...['</code><b>🟢 Resolved', '\n🟢 Resolved · vps-1', 'named ', ' ', ', ', 'a  b'],
);

const hostileName = fc.oneof(clever, hostileText(6)).filter((name) => printable(name) !== '');

const hostileNames = fc.record({
  ...{ server: hostileName, subject: hostileName, message: hostileName },
  sessions: fc.array(hostileName, { maxLength: 5 }),
});

const harmless = ({ sessions }: Names): Names => ({
  ...{ server: 'n', subject: 'n', message: 'n', sessions: sessions.map(() => 'n') },
});

t.test('whatever names are, the words of ours around them stay the same', async (t) => {
  for (const kind of alertKinds)
    fc.assert(
      fc.property(hostileNames, (names) => {
        const expected = cardsOf(kind, harmless(names));
        for (const [i, card] of cardsOf(kind, names).entries())
          for (const shown of [second, ringOf])
            t.equal(ownWords(shown(card)), ownWords(shown(expected[i] as Card)), kind);
      }),
      { numRuns: 50 },
    );
});

t.test('a card of an older release, or of a newer one, is of others as a whole', async (t) => {
  const names = { server: spoof, subject: spoof, message: spoof, sessions: [spoof] };
  const strange = [undefined, null, 'x', {}, [], [null], [7], [{ session: spoof }], ['x died']];
  for (const kind of alertKinds)
    for (const card of cardsOf(kind, names))
      for (const headlineParts of strange) {
        const other = kept({ ...card, headlineParts });
        t.equal(ownWords(second(other)), '¤', kind);
        t.ok(second(other).includes(card.headline), kind);
      }
});

t.test('who did it stands below the headline, its names as code', async (t) => {
  const third = (more: Pick<Card, 'byline'>): string =>
    htmlOf(cardMessage(sampleCard({ ...more, details: [], screen: null }), false)).split('\n')[2] ??
    '';
  const actor = (more: Partial<Actor>) => ({
    byline: actorHeadline({ actor: actorOf(more), confidence: 'certain' }),
  });
  t.equal(
    third(actor({})),
    'by <code>pkill -9 -f mux</code> (pid 4711), run by <code>cleanup.sh</code>, <code>cron.service</code>',
  );
  const cmdline = `x \u202e</code>\n${spoof} @all t.me/x`;
  t.equal(
    third(actor({ cmdline, ancestry: [], unit: null })),
    `by <code>x &lt;/code&gt; ${spoof} @all t.me/x</code> (pid 4711)`,
  );
  t.equal(third({ byline: null }), '', 'nobody is named');
  t.equal(third({}), '', 'a card of an older release');
  t.equal(third({ byline: [{ text: 'x' }] as unknown as Headline }), '', 'of another shape');
  fc.assert(
    fc.property(hostileText(), (text) => {
      const line = third(actor({ cmdline: text, comm: text, unit: text }));
      t.notMatch(line.replace(/<\/?code>/g, ''), /[<>\u202e\u2028\x1b]/);
      t.match(line, /^by (<code>|a process without a name)/);
    }),
    { numRuns: 200 },
  );
});
