import t from 'tap';
import type { Forecast } from '../../../../agent/model/events/forecast.ts';
import type { ForecastSubject } from '../../../../agent/model/forecast-key.ts';
import { type Alert, alertKinds } from '../../../../exporters/notifier/classify/alert.ts';
import { emptyBook } from '../../../../exporters/notifier/classify/book.ts';
import { takenTypes } from '../../../../exporters/notifier/classify/take.ts';
import { agentBack, agentGone } from '../../../../exporters/notifier/classify/tick.ts';
import { alertsIn, fold, noon, settings, Tale } from './sample-events.ts';

const kindsIn = (alerts: Alert[]) => alerts.map(({ kind, status }) => `${kind} ${status}`);

t.test('a death: one alert from its first sign until the session is back', async (t) => {
  const tale = new Tale();
  const { incident, events } = tale.opened(['web']);
  let book = fold(events);
  const [first] = alertsIn(book);
  t.match(first, { kind: 'session-died', status: 'firing', holdUntil: noon + 1500, count: 1 });
  t.match(first, { server: 'main', sessions: ['web'], down: ['web'], incidents: [incident] });
  t.equal(first?.ageMs, 3_600_000);
  book = fold([tale.wait(200).verdict(incident)], book);
  const [judged] = alertsIn(book);
  t.match(judged, { severity: 'error', holdUntil: null, finding: { cause: 'signal' } });
  t.notOk('evidence' in (judged?.finding ?? {}), 'evidence is not kept');
  book = fold([tale.wait(100).back('web')], book);
  const [over] = alertsIn(book);
  t.match(over, { status: 'resolved', down: [], resolvedAt: noon + 300 });
  t.same(
    over?.deeds.map(({ text }) => text),
    ['web is back after 300ms'],
  );
  t.equal(over?.loudAt, judged?.loudAt, 'so soon nobody need hear that it is over');
  t.equal(book.cursor, tale.seq);
  t.equal(alertsIn(book).length, 1);
});

t.test('a verdict that only confirms the one before tells nobody anything', async (t) => {
  const tale = new Tale();
  const { incident, events } = tale.opened(['web']);
  const book = fold([...events, tale.wait(200).verdict(incident)]);
  const evidence = [{ at: noon, source: 'apt', text: 'apt ran' }];
  const confirming = tale.wait(2000).verdict(incident, { evidence }, { confirms: true });
  t.strictSame(alertsIn(fold([confirming], book)), alertsIn(book));
  const recurrence = { count: 3, text: 'Third time, always after packages', prevention: null };
  const quiet = alertsIn(
    fold([tale.verdict(incident, {}, { confirms: true, recurrence })], book),
  )[0];
  t.match(quiet, { recurrence, loudAt: alertsIn(book)[0]?.loudAt }, 'found without a sound');
  const another = tale.verdict(incident, { cause: 'oomd', preceded: evidence });
  const changed = alertsIn(fold([another], book))[0];
  t.match(changed, { finding: { cause: 'oomd' } });
  t.notOk('preceded' in (changed?.finding ?? {}), 'what came before is not kept');
  const begunAnew = fold([confirming], fold(events));
  t.match(
    alertsIn(begunAnew),
    [{ finding: { cause: 'signal' } }],
    'where it is the first heard of',
  );
});

t.test('that it is over is news after a minute', async (t) => {
  const tale = new Tale();
  const book = fold([...tale.died(['web']), tale.wait(60_000).back('web')]);
  t.equal(alertsIn(book)[0]?.loudAt, tale.now);
});

t.test('an incident that grows is over when all are back', async (t) => {
  const tale = new Tale();
  const { incident, events } = tale.opened(['a']);
  let book = fold([
    ...events,
    tale.grew(incident, ['b', 'a']),
    tale.death('b', incident, { ageMs: 5 }),
    tale.verdict(incident),
    tale.grew('no such', ['x']),
    tale.death('x', 'no such'),
    tale.verdict('no such'),
  ]);
  t.equal(alertsIn(book).length, 1);
  t.match(alertsIn(book)[0], { sessions: ['a', 'b'], down: ['a', 'b'], ageMs: 3_600_000 });
  book = fold([tale.back('b')], book);
  t.match(alertsIn(book)[0], { status: 'firing', down: ['a'] });
  book = fold([tale.event('session.undeclared', { session: 'a' })], book);
  t.match(alertsIn(book)[0], { status: 'resolved' });
  t.match(alertsIn(book)[0]?.deeds.at(-1)?.text, 'a is no longer declared');
  t.equal(fold([tale.back('stranger')], book).alerts, book.alerts);
});

t.test('the last screen is that of the first death that has one', async (t) => {
  const tale = new Tale();
  const { incident, events } = tale.opened(['a', 'b']);
  const screen = (tail: string, lines: number) => ({
    ...{ pane: '%1', blob: '', bytes: 1, takenAt: 0, lines, tail },
  });
  const book = fold([
    ...events,
    tale.death('b', incident, {
      screens: [screen('less', 1), screen('$ \u001b[31mmake\u0007\nKilled\n', 2)],
    }),
    tale.death('a', incident, { screens: [screen('other', 3)] }),
  ]);
  t.same(alertsIn(book)[0]?.screen, { session: 'b', text: '$ make\nKilled' });
});

t.test('what is tried and given up', async (t) => {
  const tale = new Tale();
  const target = { server: 'main', session: 'web', life: null };
  const request = (action: string, kind: 'session.create' | 'keys.send') =>
    tale.event('action.requested', { action, kind, target, reason: 'died' });
  const died = fold(tale.died(['web']));
  const failed = (action: string) =>
    tale.event('action.failed', { action, code: 'x', message: 'no \u001b[2Jfork' });
  let book = fold([request('1', 'session.create')], died);
  t.same(Object.keys(book.actions), ['1']);
  book = fold([failed('1')], book);
  t.same(book.actions, {});
  t.match(alertsIn(book)[0]?.deeds, [{ text: 'could not be started: no fork' }]);
  t.equal(fold([request('2', 'keys.send'), failed('2'), failed('3')], died).alerts, died.alerts);
  const ends = [
    tale.event('action.done', { action: '4', settled: 'reported' }),
    tale.event('action.lost', { action: '4', why: '' }),
  ];
  for (const end of ends) {
    t.same(fold([request('4', 'session.create'), end], died).actions, {});
  }
  book = fold([tale.wait(3000).decided('suspend', 'web')], book);
  t.match(alertsIn(book)[0], { gaveUp: true, severity: 'critical', loudAt: tale.now });
  t.match(alertsIn(book)[0]?.deeds.at(-1)?.text, /stopped trying after 3s/);
  t.equal(alertsIn(book).length, 1, 'the incident tells of it');
});

t.test('given up without an incident that is open, and resumed', async (t) => {
  for (const [session, sessions] of [
    ['web', ['web']],
    [null, []],
  ] as const) {
    const tale = new Tale();
    let book = fold([tale.decided('restart', session), tale.decided('suspend', session)]);
    t.equal(alertsIn(book).length, 1);
    t.match(alertsIn(book)[0], { kind: 'recovery-stopped', severity: 'critical', sessions });
    book = fold([tale.decided('resume', session)], book);
    t.same(kindsIn(alertsIn(book)), ['recovery-stopped resolved']);
  }
});

const api: ForecastSubject = {
  what: 'memory',
  ...{ session: 'api', server: 'main', life: 'boot/1-1/$1', path: null },
};

const memoryOf = (at: number, left = 40 * 60_000): Forecast => ({
  ...{ ...api, at, reachesAt: at + left, value: 1.8 * 2 ** 30, limit: 2 ** 31 },
  ...{ limitOf: 'session', slope: 90_000 },
});

t.test('what runs out is one alert, and says when', async (t) => {
  const tale = new Tale();
  const first = fold([tale.event('forecast.warned', memoryOf(tale.now))]);
  const said = { message: 'api reaches its 2.0G in 40m', sessions: ['api'], server: 'main' };
  t.match(alertsIn(first), [{ kind: 'running-out', ...said, severity: 'warning' }]);
  const sooner = tale.wait(60_000).event('forecast.warned', memoryOf(tale.now, 5 * 60_000));
  t.match(alertsIn(fold([sooner], first)), [{ message: 'api reaches its 2.0G in 5m', count: 1 }]);
  const disk = { ...memoryOf(tale.now), ...{ session: null, life: null, path: '/' } };
  const both = fold([tale.event('forecast.warned', { ...disk, what: 'disk' as const })], first);
  t.match(alertsIn(both)[1], { message: 'the disk of / is full in 40m', sessions: [] });
});

/** What begins something, and what ends it. */
const pairs: Record<
  string,
  (tale: Tale) => [Parameters<typeof fold>[0], Parameters<typeof fold>[0]]
> = {
  'server-died': (tale) => [[tale.serverDied(0)], [tale.wait(20_000).serverFound()]],
  'server-hung': (tale) => [[tale.hung()], [tale.wait(20_000).resumed()]],
  'socket-lost': (tale) => [[tale.socketLost()], [tale.wait(20_000).socketRestored()]],
  'link-lost': (tale) => [
    [tale.event('link.lost', { owner: 'deploy', pid: 1, reason: 'closed' })],
    [tale.wait(40_000).event('link.connected', { owner: 'deploy', uid: 1, pid: 1, tmux: '' })],
  ],
  'bot-needs-login': (tale) => [
    [tale.bot('needs-login', { needs: 'qr', why: 'no \u0007 login' })],
    [tale.wait(20_000).bot('ready')],
  ],
  'bot-logged-out': (tale) => [[tale.bot('logged-out')], [tale.wait(20_000).bot('degraded')]],
  'bot-disconnected': (tale) => [
    [tale.bot('disconnected')],
    [tale.bot('connecting'), tale.wait(400_000).bot('ready')],
  ],
  'config-rejected': (tale) => [
    [tale.event('config.rejected', { source: '', problems: 2, first: 'line \u0007 7' })],
    [tale.event('config.applied', { hash: '', source: '', sessions: 0, servers: [] })],
  ],
  'running-out': (tale) => [
    [tale.event('forecast.warned', memoryOf(tale.now))],
    [tale.wait(20_000).event('forecast.cleared', { ...api, afterMs: 1, end: 'eased' })],
  ],
  'log-degraded': (tale) => [
    [tale.event('log.degraded', { code: 'ENOSPC', message: 'full' })],
    [tale.wait(20_000).event('log.recovered', { queued: 1, afterMs: 1 })],
  ],
};

for (const [kind, pair] of Object.entries(pairs)) {
  t.test(`${kind} begins and ends, of its own subject alone`, async (t) => {
    const tale = new Tale();
    const [begin, end] = pair(tale);
    const book = fold(begin);
    t.same(kindsIn(alertsIn(book)), [`${kind} firing`]);
    t.same(kindsIn(alertsIn(fold(end, book))), [`${kind} resolved`]);
    t.same(alertsIn(fold(end)), [], 'an end without a beginning is none');
    t.same(kindsIn(alertsIn(fold(begin, book))), [`${kind} firing`]);
    t.equal(alertsIn(fold(begin, book))[0]?.count, 1, 'it goes on: that is not again');
  });
}

t.test('a bot: what it needs is said, its other troubles take turns', async (t) => {
  const tale = new Tale();
  const book = fold([tale.bot('needs-login', { needs: 'qr', why: 'no \u0007 login', bot: 'a' })]);
  t.match(alertsIn(book), [{ sessions: ['web'], server: 'main', message: 'a: qr, no  login' }]);
  const out = fold([tale.wait(20_000).bot('logged-out', { bot: 'a' }), tale.bot('ready')], book);
  t.same(kindsIn(alertsIn(out)), ['bot-needs-login resolved', 'bot-logged-out firing']);
  t.same(alertsIn(fold([tale.bot('connecting'), tale.bot(null), tale.bot('ready')])), []);
});

t.test('a bot that needs somebody is told of, whatever it says of its connection', async (t) => {
  for (const state of [null, 'connecting', 'ready'] as const) {
    const tale = new Tale();
    const book = fold([tale.bot(state, { needs: 'code' })]);
    t.match(alertsIn(book), [{ kind: 'bot-needs-login', need: 'code', status: 'firing' }]);
    t.match(alertsIn(fold([tale.wait(20_000).bot('ready')], book)), [{ status: 'resolved' }]);
  }
});

t.test('a bot that is lost while its session goes on is without its service', async (t) => {
  const tale = new Tale();
  const book = fold([tale.botLost()]);
  t.match(alertsIn(book), [{ kind: 'bot-disconnected', holdUntil: noon + 300_000 }]);
  t.match(alertsIn(fold([tale.wait(9000).bot('ready')], book)), [{ untold: 'mended-in-time' }]);
  const known = fold([tale.bot('needs-login'), tale.botLost()]);
  t.same(kindsIn(alertsIn(known)), ['bot-needs-login firing'], 'that says more');
});

t.test('with its session the trouble of a bot lapses, and only that', async (t) => {
  const tale = new Tale();
  const soon = fold([tale.bot('disconnected'), ...tale.wait(9000).died(['web'])]);
  t.match(alertsIn(soon), [{ untold: 'mended-in-time' }, { kind: 'session-died' }]);
  const long = fold([tale.bot('disconnected'), tale.bot('disconnected', { session: 'x' })]);
  const end = tale.wait(400_000).event('session.ended', {
    ...{ life: 'l', session: 'web', server: 'main', reason: 'intended', intent: null, ageMs: 1 },
  });
  t.match(alertsIn(fold([end], long)), [
    { status: 'resolved', lapsed: true, untold: null },
    { status: 'firing' },
  ]);
});

t.test('subjects are told apart', async (t) => {
  const tale = new Tale();
  const book = fold([tale.hung('a'), tale.hung('b'), tale.resumed('b')]);
  t.same(kindsIn(alertsIn(book)), ['server-hung firing', 'server-hung resolved']);
});

t.test('a server that died ends what was wrong with it, and its sessions tell of it', async (t) => {
  const tale = new Tale();
  const book = fold([tale.hung(), tale.socketLost(), tale.wait(20_000).serverDied(2)]);
  t.same(kindsIn(alertsIn(book)), ['server-hung resolved', 'socket-lost resolved']);
});

t.test('the agent: a first start, a clean one, a kill, a restart of the machine', async (t) => {
  const tale = new Tale();
  t.same(alertsIn(fold([tale.started(null)])), []);
  t.same(alertsIn(fold([tale.started({ clean: true, bootId: 'boot' })])), []);
  t.same(kindsIn(alertsIn(fold([tale.started({ clean: false, bootId: 'boot' })]))), [
    'agent-killed firing',
  ]);
  const restart = [tale.started({ clean: false, bootId: 'old' })];
  t.same(kindsIn(alertsIn(fold(restart))), ['machine-restarted firing']);
  const soon = fold([...restart, ...tale.died(['web'], { cause: 'host-crash' })]);
  t.match(alertsIn(soon)[0], { kind: 'machine-restarted', untold: 'inhibited' });
  const other = fold([...restart, ...tale.died(['web'], { cause: 'signal' })]);
  t.match(alertsIn(other)[0], { kind: 'machine-restarted', untold: null });
  const late = fold([...restart, ...tale.wait(5001).died(['web'], { cause: 'host-crash' })]);
  t.match(alertsIn(late)[0], { status: 'firing', untold: null }, 'it was told by then');
});

t.test('what is told once', async (t) => {
  const tale = new Tale();
  const gap = (from: number, to: number, reason: 'retention' | 'not-stored' | 'log-rebuilt') =>
    tale.event('events.gap', { from, to, reason });
  const book = fold([
    tale.event('log.quarantined', { file: '', reason: 'torn', salvaged: 7 }),
    gap(1, 3, 'retention'),
    gap(1, 3, 'not-stored'),
    gap(3, 1, 'log-rebuilt'),
    tale.event('remote.paired', { remote: { channel: 'telegram', user: '1', name: 'Ann\u0007' } }),
  ]);
  t.same(kindsIn(alertsIn(book)), [
    'log-damaged firing',
    'events-lost firing',
    'person-paired firing',
  ]);
  t.same(
    alertsIn(book).map(({ message }) => message),
    ['torn; 7', '3', 'Ann'],
  );
});

t.test('the agent that does not answer', async (t) => {
  const book = agentGone(emptyBook(5), noon);
  t.same(kindsIn(alertsIn(book)), ['agent-silent firing']);
  t.equal(alertsIn(agentGone(book, noon + 1))[0]?.count, 1);
  t.match(alertsIn(agentBack(book, noon + 59_000))[0], { untold: 'mended-in-time' });
  t.match(alertsIn(agentBack(book, noon + 60_000))[0], { status: 'resolved', untold: null });
  const long = agentBack(book, noon + 60_000);
  const again = agentGone(long, noon + 3_600_000);
  t.equal(alertsIn(again).length, 2, 'though no event came meanwhile it is one of its own');
  t.equal(new Set(alertsIn(again).map(({ alert }) => alert)).size, 2);
});

t.test('a link that went with the agent, or just before it, is held anew', async (t) => {
  const tale = new Tale();
  const lost = () => tale.event('link.lost', { owner: 'deploy', pid: 1, reason: 'closed' });
  const started = (previousAt: number) =>
    tale.event('agent.started', {
      ...{ version: '1', pid: 1, bootId: 'boot', embedded: false },
      previous: { seq: 1, at: previousAt, clean: true, bootId: 'boot' },
    });
  const book = fold([lost(), tale.wait(600_000).started(null)]);
  t.match(alertsIn(book), [{ holdUntil: noon + 30_000 }]);
  const held = [{ holdUntil: tale.now + 30_000, revision: 2 }];
  t.match(alertsIn(fold([started(noon + 5000)], book)), held);
  t.match(alertsIn(fold([started(noon + 30_000)], book)), [{ revision: 1 }], 'it was told by then');
  const gone = agentGone(book, noon + 29_999);
  t.match(alertsIn(agentBack(gone, tale.now)), [...held, { kind: 'agent-silent' }]);
  const late = agentGone(book, noon + 30_000);
  t.match(alertsIn(agentBack(late, tale.now)), [{ revision: 1 }, { status: 'resolved' }]);
  const soon = fold([started(noon + 5000)], book);
  const end = tale
    .wait(5000)
    .event('link.connected', { owner: 'deploy', uid: 1, pid: 1, tmux: '' });
  t.match(alertsIn(fold([end], soon)), [{ untold: 'mended-in-time' }]);
});

t.test('who knows of it', async (t) => {
  const tale = new Tale();
  const book = fold(tale.died(['web']));
  const known = fold([tale.acknowledged('1', 'Ann\u001b[2J')], book);
  t.match(alertsIn(known)[0]?.acknowledged, { at: noon, by: 'Ann' });
  t.equal(fold([tale.acknowledged('1', 'Bob')], known).alerts, known.alerts, 'the first counts');
  t.equal(fold([tale.acknowledged('9')], book).alerts, book.alerts);
  t.equal(alertsIn(fold([tale.acknowledged('1')], book))[0]?.acknowledged?.by, 'root');
});

t.test('silences come and go', async (t) => {
  const tale = new Tale();
  const book = fold([tale.silenced('web', 1000, 'a'), tale.silenced(null, 1000, 'b')]);
  t.same(Object.keys(book.silences), ['a', 'b']);
  t.same(Object.keys(fold([tale.unsilenced('a')], book).silences), ['b']);
  const many = fold(Array.from({ length: 150 }, (_, i) => tale.silenced('web', 1000, `s${i}`)));
  t.equal(Object.keys(many.silences).length, 100);
});

t.test(
  'all that is taken is tried here, in health.test.ts or unit.test.ts, and each kind is raised by something',
  async (t) => {
    const tried = [
      ...['action.done', 'action.failed', 'action.lost', 'action.requested', 'agent.started'],
      ...['alert.acknowledged', 'alert.silenced', 'alert.unsilenced', 'bot.connection_changed'],
      ...['bot.lost', 'config.applied', 'config.rejected', 'decision.made', 'events.gap'],
      ...['forecast.cleared', 'forecast.warned', 'health.changed', 'incident.grew'],
      'incident.opened',
      ...['link.connected', 'link.lost', 'log.degraded', 'log.quarantined', 'log.recovered'],
      ...['refresh.done', 'refresh.held', 'refresh.released'],
      ...['remote.paired', 'server.died', 'server.found', 'server.hung', 'server.resumed'],
      ...['server.socket_lost', 'server.socket_restored', 'session.died', 'session.ended'],
      'session.undeclared',
      'supervision.started',
      ...['unit.down', 'unit.ended', 'unit.failed', 'unit.undeclared', 'unit.up'],
      'verdict.reached',
    ];
    t.same(takenTypes.toSorted(), tried);
    const told = ['session-died', 'recovery-stopped', ...Object.keys(pairs), 'agent-killed'];
    const more = [
      'agent-silent',
      'machine-restarted',
      'log-damaged',
      'events-lost',
      'person-paired',
    ];
    const health = ['session-failed', 'session-degraded', 'session-waiting', 'refresh-failed'];
    const units = ['unit-died', 'unit-failed'];
    t.same([...told, ...more, ...health, ...units, 'test'].toSorted(), alertKinds.toSorted());
  },
);

t.test('an event that says nothing new leaves all but the cursor', async (t) => {
  const tale = new Tale();
  const book = fold([tale.event('agent.stopping', { reason: 'signal' })]);
  t.same(book, emptyBook(1));
});

t.test('names that objects have by themselves are names like others', async (t) => {
  const tale = new Tale();
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    const book = fold([...tale.died([name]), tale.back(name)], emptyBook(0), settings);
    t.match(alertsIn(book)[0], { sessions: [name], status: 'resolved', severity: 'error' });
    const kept = JSON.parse(JSON.stringify(book));
    t.equal(alertsIn(fold(tale.died([name]), kept))[0]?.count, 2);
  }
});

t.test(
  'what ends a machine ends sessions of several servers, and is over when all are back',
  async (t) => {
    const tale = new Tale();
    const { incident, events } = tale.opened(['web', 'bot']);
    const rest = [
      tale.grew(incident, ['hers']),
      tale.death('hers', incident, { server: 'hers' }),
      tale.verdict(incident, { cause: 'shutdown', scope: 'host' }),
      tale.back('hers', 'hers'),
      tale.back('web'),
    ];
    const [before] = alertsIn(fold([...events, ...rest]));
    t.same([before?.status, before?.down], ['firing', ['bot']]);
    const [after] = alertsIn(fold([...events, ...rest, tale.back('bot')]));
    t.same([after?.status, after?.down], ['resolved', []]);
  },
);
