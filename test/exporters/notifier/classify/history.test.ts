import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Event } from '../../../../agent/model/event.ts';
import { causes } from '../../../../agent/model/events/incident.ts';
import { type Severity, severities } from '../../../../agent/model/severity.ts';
import { printable } from '../../../../agent/model/text/printable.ts';
import { type Book, emptyBook } from '../../../../exporters/notifier/classify/book.ts';
import { changedSince, take } from '../../../../exporters/notifier/classify/take.ts';
import { agentBack, agentGone, tick } from '../../../../exporters/notifier/classify/tick.ts';
import { cardOf } from '../../../../exporters/notifier/present/card-of.ts';
import { take as happen, history } from '../../../sim/operations.ts';
import { Simulation } from '../../../sim/simulation.ts';
import { alertsIn, settings, settingsWith, Tale } from './sample-events.ts';

const names = [
  ...['web', 'api', 'a.b:c', '会議 "x" \\', 'constructor', '__proto__', '📦', ''],
  ...['\u001b[2J\u0007', '<b>&amp;', '\u202egnp', 'x'.repeat(200), '\ud800'],
];
const servers = ['main', 'mine', 'toString'];

/** What one step of a made-up history puts into the log, from three numbers. */
type Step = (tale: Tale, incidents: string[], numbers: [number, number, number]) => Event[];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

const steps: Step[] = [
  (tale, incidents, [a, b, c]) => {
    const sessions = Array.from({ length: 1 + (c % 7) }, (_, i) => pick(names, a + i));
    const { incident, events } = tale.opened(sessions, pick(servers, b));
    incidents.push(incident);
    return events;
  },
  (tale, incidents, [a, b, c]) => [
    tale.verdict(pick([...incidents, 'none'], a), {
      ...{ cause: pick(causes, b), exitStatus: c % 3 === 0 ? null : c % 3 },
      ...{ summary: pick(names, c), missing: [pick(names, a)] },
      signal: c % 2 === 0 ? null : { name: 'SIGKILL', number: 9 },
    }),
  ],
  (tale, incidents, [a, b]) => [tale.grew(pick([...incidents, 'none'], a), [pick(names, b)])],
  (tale, _, [a, b]) => [tale.back(pick(names, a), pick(servers, b))],
  (tale, _, [a, b]) => [
    tale.decided(pick(['suspend', 'resume', 'restart'], a), pick([...names, null], b)),
  ],
  (tale, _, [a]) => [tale.serverDied(a % 2, pick(servers, a)), tale.serverFound(pick(servers, a))],
  (tale, _, [a, b]) => [
    pick([tale.hung(pick(servers, b)), tale.resumed(pick(servers, b)), tale.socketLost()], a),
  ],
  (tale, _, [a, b]) => [
    tale.started({ clean: a % 2 === 0, bootId: pick(['boot', 'old'], b) }, 'boot'),
  ],
  (tale, incidents, [a, b]) => [tale.acknowledged(pick([...incidents, 'none'], a), pick(names, b))],
  (tale, _, [a, b]) => [tale.silenced(pick([...names, null], a), b * 1000, `${b % 150}`)],
  (tale, _, [a, b]) => [
    tale.event('config.rejected', { source: '', problems: a, first: pick(names, b) }),
  ],
  (tale, _, [a, b]) => [
    tale.event('remote.paired', {
      remote: { channel: 'telegram', user: pick(names, a), name: pick(names, b) },
    }),
  ],
  (tale, _, [a]) => [tale.event('link.lost', { owner: pick(names, a), pid: 1, reason: '' })],
  (tale, _, [a, b]) => {
    tale.wait((a % 4 === 0 ? -1 : 1) * b * 10 ** (a % 7));
    return [];
  },
];

const events = fc.array(
  fc.tuple(fc.nat(steps.length - 1), fc.tuple(fc.nat(500), fc.nat(500), fc.nat(500))),
  { maxLength: 250 },
);

const written = (picks: [number, [number, number, number]][]): Event[] => {
  const tale = new Tale();
  const incidents: string[] = [];
  return picks.flatMap(([which, numbers]) => pick(steps, which)(tale, incidents, numbers));
};

const cardsArePlain = (book: Book): void => {
  for (const alert of alertsIn(book)) {
    const card = cardOf(alert, 'vps\u0007-1');
    assert.deepEqual(JSON.parse(JSON.stringify(card)), card);
    const texts = [
      ...[card.headline, card.host, card.acknowledged?.by ?? '', ...card.sessions],
      ...card.details.flatMap(({ label, text }) => [label, text]),
      ...(card.screen ? [card.screen.session, ...card.screen.text.split('\n')] : []),
    ];
    for (const text of texts) assert.equal(text, printable(text));
    assert.ok(card.headline.length > 0);
    assert.ok(severities.includes(card.severity));
    assert.ok(card.incidents.length <= 50);
    assert.ok((card.screen?.text.length ?? 0) <= 600);
  }
};

/** Takes one event after another and looks at what must hold of each step. */
const follow = (story: readonly Event[], after?: (book: Book, event: Event) => Book): Book => {
  let book = emptyBook(0);
  for (const event of story) {
    const frozen = JSON.stringify(book);
    const next = take(book, event, settings);
    assert.equal(JSON.stringify(book), frozen, 'the book it was given is as it was');
    assert.equal(next.cursor, event.seq);
    if (event.type === 'incident.opened') {
      const { incident } = event.data;
      assert.ok(alertsIn(next).some(({ incidents }) => incidents.includes(incident)));
    }
    for (const id of changedSince(book, next)) {
      const [was, is] = [book.alerts[id], next.alerts[id]];
      assert.ok(is && is.revision > (was?.revision ?? 0), 'a change is a new revision');
      assert.ok(is.down.every((name) => is.sessions.includes(name)));
      if (is.status === 'resolved') assert.notEqual(is.resolvedAt, null);
      else assert.equal(is.resolvedAt, null);
    }
    book = after?.(next, event) ?? next;
  }
  assert.ok(JSON.stringify(book).length < 1024 * 1024);
  return book;
};

t.test('whatever comes, it is taken, bounded and printable', async () => {
  fc.assert(
    fc.property(events, (picks) => {
      const story = written(picks);
      const book = follow(story, (folded, { at, seq }) => {
        if (seq % 11 === 0) return agentGone(folded, at);
        if (seq % 13 === 0) return agentBack(folded, at);
        return seq % 7 === 0 ? tick(folded, settings, at) : folded;
      });
      cardsArePlain(book);
    }),
    { numRuns: 150 },
  );
});

t.test('the same events give the same book, also from one that was stored', async () => {
  fc.assert(
    fc.property(events, fc.nat(200), (picks, joint) => {
      const story = written(picks);
      const whole = follow(story);
      const half = story
        .slice(0, joint)
        .reduce((book, event) => take(book, event, settings), emptyBook(0));
      const stored = JSON.parse(JSON.stringify(half)) as Book;
      const rest = story.slice(joint).reduce((book, event) => take(book, event, settings), stored);
      assert.deepEqual(JSON.parse(JSON.stringify(rest)), JSON.parse(JSON.stringify(whole)));
    }),
    { numRuns: 50 },
  );
});

const rank = (severity: Severity): number => severities.indexOf(severity);

t.test('important is never less serious, and unimportant never more', async () => {
  const all = (importance: 'high' | 'low') =>
    settingsWith({
      sessions: Object.fromEntries(names.map((name) => [name, { importance, restart: true }])),
    });
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(500), (a, b, c) => {
      const severityBy = (by: typeof settings): number => {
        const tale = new Tale();
        const incidents: string[] = [];
        const story = [0, 1].flatMap((which) => pick(steps, which)(tale, incidents, [a, b, c]));
        const book = story.reduce((folded, event) => take(folded, event, by), emptyBook(0));
        return rank(alertsIn(book)[0]?.severity ?? 'info');
      };
      const [low, normal, high] = [all('low'), settings, all('high')].map(severityBy);
      assert.ok((low ?? 0) <= (normal ?? 0) && (normal ?? 0) <= (high ?? 0));
    }),
  );
});

t.test('what a simulated machine writes into its log is taken too', async () => {
  fc.assert(
    fc.property(history(60), (story) => {
      const simulation = new Simulation();
      for (const step of story) happen(simulation, step);
      simulation.settle();
      cardsArePlain(follow(simulation.disk.events()));
    }),
    { numRuns: 40 },
  );
});
