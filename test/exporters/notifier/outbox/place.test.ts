import t from 'tap';
import type { Route } from '../../../../exporters/notifier/classify/route.ts';
import {
  keptNews,
  type Place,
  placeOf,
  type Standing,
} from '../../../../exporters/notifier/outbox/place.ts';
import { cardText, never } from '../../../../exporters/notifier/outbox/rows.ts';
import type { StoredCard } from '../../../../exporters/notifier/present/card-of.ts';
import { sampleCard } from '../sample-card.ts';

const now = 1_000_000_000;
const { loud: _, ...sample } = sampleCard();
const card: StoredCard = { ...sample, loudAt: 100 };
const other: StoredCard = { ...card, headline: 'started again' };
const louder: StoredCard = { ...card, loudAt: 200 };
const ended: StoredCard = { ...louder, status: 'resolved' };

const silenced: Route = { reason: 'silenced', until: now + 500 };
const held: Route = { reason: 'held', until: now + 300 };
const forEver: Route = { reason: 'below-threshold', until: null };

const waiting: Standing = {
  ...{ state: 'waiting', reason: '', due: now - 50, card: cardText(card), loud_at: 100 },
  ...{ told_loud_at: 0, told_revision: 0, attempts: 0 },
};
const told: Standing = { ...waiting, state: 'told', told_revision: 1, told_loud_at: 100 };
const kept: Standing = { ...waiting, state: 'held', reason: 'silenced', due: now + 500 };
const folded: Standing = { ...waiting, state: 'folded', reason: 'storm-1' };
const refused: Standing = { ...waiting, state: 'refused', reason: '400', attempts: 1 };

const toTell: Place = { state: 'waiting', reason: '', due: now, toldLoudAt: 0 };
const retold: Place = { ...toTell, toldLoudAt: 100 };
const keptAt: Place = { state: 'held', reason: 'silenced', due: now + 500, toldLoudAt: 0 };
const stays: Place = { ...toTell, due: now - 50 };

const cases: [string, Standing | null, StoredCard, Route, Place | null, string | null][] = [
  ['new', null, card, 'tell', toTell, null],
  ['new and silenced', null, card, silenced, keptAt, 'silenced'],
  [
    'held back for good',
    null,
    card,
    forEver,
    { ...keptAt, reason: 'below-threshold', due: never },
    'below-threshold',
  ],
  ['waiting, nothing new', waiting, card, 'tell', null, null],
  ['waiting, another card: it keeps its turn', waiting, other, 'tell', stays, null],
  ['waiting, then silenced', waiting, card, silenced, keptAt, 'silenced'],
  ['kept back, and still', kept, card, silenced, null, null],
  ['kept back, then free', kept, card, 'tell', toTell, null],
  ['over while it was silenced', kept, ended, 'tell', { ...keptAt, due: never }, null],
  ['told, nothing new', told, card, silenced, null, null],
  ['told, another card', told, other, 'tell', retold, null],
  [
    'told, and tried in vain since',
    { ...told, state: 'waiting', due: now + 9, attempts: 2 },
    other,
    'tell',
    { ...retold, due: now + 9 },
    null,
  ],
  ['told, another card in silence', told, other, silenced, retold, null],
  [
    'told, a ring in silence',
    told,
    louder,
    silenced,
    { ...retold, state: 'told', reason: 'silenced', toldLoudAt: 200 },
    'silenced',
  ],
  [
    'told, a ring in silence with another card',
    told,
    ended,
    silenced,
    { ...retold, reason: 'silenced', toldLoudAt: 200 },
    'silenced',
  ],
  ['told, a ring that is held', told, louder, held, { ...retold, due: now + 300 }, null],
  [
    'folded, nothing rings',
    folded,
    other,
    silenced,
    { ...stays, state: 'folded', reason: 'storm-1' },
    null,
  ],
  [
    'folded, a ring',
    folded,
    louder,
    'tell',
    { ...stays, state: 'folded', reason: 'storm-1' },
    null,
  ],
  [
    'folded, a ring in silence',
    folded,
    louder,
    silenced,
    { ...stays, state: 'folded', reason: 'storm-1', toldLoudAt: 200 },
    null,
  ],
  [
    'refused, another card',
    refused,
    other,
    'tell',
    { ...stays, state: 'refused', reason: '400' },
    null,
  ],
  ['refused, with news', refused, louder, 'tell', toTell, null],
];

for (const [name, row, next, route, place, news] of cases) {
  t.test(name, async (t) => {
    const found = placeOf(row, { card: next, route }, now);
    t.same(found, place);
    t.equal(found && keptNews(row, found), news);
  });
}
