import fc from 'fast-check';
import t from 'tap';
import type { CurrentStatus } from '../../../agent/cli/frame/current-status.ts';
import { terminalOf } from '../../../agent/cli/frame/terminal.ts';
import { box } from '../../../agent/cli/view/box.ts';
import { eventLine } from '../../../agent/cli/view/event-line.ts';
import { concerns, subjectOf } from '../../../agent/cli/view/event-subject.ts';
import { eventText } from '../../../agent/cli/view/event-text.ts';
import { exitText, signalName } from '../../../agent/cli/view/exit-status.ts';
import { incidentTable } from '../../../agent/cli/view/incident-table.ts';
import { overview } from '../../../agent/cli/view/overview.ts';
import { sessionTable } from '../../../agent/cli/view/session-table.ts';
import { table } from '../../../agent/cli/view/table.ts';
import { ago, shortDuration, whenOf } from '../../../agent/cli/view/time.ts';
import { pad, truncate, widthOf } from '../../../agent/cli/view/width.ts';
import { wrap } from '../../../agent/cli/view/wrap.ts';
import { duration } from '../../../agent/model/duration.ts';
import type { Event } from '../../../agent/model/event.ts';
import type { BotStatus } from '../../../agent/model/status/bot-status.ts';
import type { WitnessStatus } from '../../../agent/model/status/evidence-status.ts';
import type { ForecastStatus } from '../../../agent/model/status/forecast-status.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { nameList } from '../../../agent/model/text/cause-text.ts';
import { plural } from '../../../agent/model/text/plural.ts';
import { printable } from '../../../agent/model/text/printable.ts';
import { percent, size } from '../../../agent/model/text/quantity.ts';
import { matchesGolden, terminalOfSize } from './golden.ts';
import {
  channelOf,
  deathOf,
  eventOf,
  killed,
  noon,
  notifierOf,
  sessionOf,
  silenceOf,
  statusOf,
} from './sample.ts';

process.env['TZ'] = 'UTC';

const wide = terminalOfSize(Number.POSITIVE_INFINITY);
const text = fc.string({ unit: 'grapheme' });

t.test('width', async (t) => {
  const widths: [string, number][] = [
    ['', 0],
    ['web', 3],
    ['café', 4],
    ['cafe\u0301', 4],
    ['日本語', 6],
    ['한국', 4],
    ['ｆｕｌｌ', 8],
    ['😀', 2],
    ['👩‍👩‍👧‍👦', 2],
    ['🇩🇪', 2],
    ['❤️', 2],
    ['…', 1],
    ['\u0301', 0],
  ];
  for (const [word, width] of widths) t.equal(widthOf(word), width, JSON.stringify(word));
});

t.test('cut text fits, and says that it was cut', async (t) => {
  t.equal(truncate('holdfast', 8), 'holdfast');
  t.equal(truncate('holdfast', 5), 'hold…');
  t.equal(truncate('日本語', 4), '日…', 'no half of a wide character');
  t.equal(truncate('x', 0), '');
  fc.assert(
    fc.property(text, fc.nat({ max: 30 }), (word, columns) => {
      const cut = truncate(word, columns);
      return widthOf(cut) <= columns && (cut === word || cut === '' || cut.endsWith('…'));
    }),
  );
  fc.assert(
    fc.property(text, fc.nat({ max: 30 }), (word, columns) => {
      const room = Math.max(columns, widthOf(word));
      return widthOf(pad(word, columns)) === room && widthOf(pad(word, columns, 'right')) === room;
    }),
  );
});

t.test('wrapped text keeps its words and its width', async (t) => {
  t.same(wrap('one two three', 7), ['one two', 'three']);
  t.same(wrap('', 7), []);
  t.same(wrap('unbreakable', 5), ['unbr…']);
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/)), (words) => {
      const lines = wrap(words.join(' '), 12);
      return lines.join(' ') === words.join(' ') && lines.every((line) => line.length <= 12);
    }),
  );
});

t.test('times', async (t) => {
  const second = 1000;
  const hour = 3600 * second;
  t.equal(duration(850), '850ms');
  t.equal(duration(-5), '0ms');
  t.equal(duration(42 * second), '42s');
  t.equal(duration(200 * second), '3m 20s');
  t.equal(duration(3 * hour), '3h');
  t.equal(duration(3 * hour + 12 * 60 * second), '3h 12m');
  t.equal(duration(122 * hour), '5d 2h');
  t.equal(shortDuration(200 * second), '3m');
  t.equal(shortDuration(3), '0s');
  t.equal(ago(noon - 90 * second, noon), '1m ago');
  t.equal(ago(noon + 5 * second, noon), 'now', 'a clock that jumped back');
  t.equal(whenOf(noon, noon), '14:03:22');
  t.equal(whenOf(noon - 24 * hour, noon), '2026-11-19 14:03:22');
});

t.test('quantities', async (t) => {
  t.equal(size(0), '0B');
  t.equal(size(1000), '1000B');
  t.equal(size(1024), '1.0K');
  t.equal(size(12.34 * 1024 ** 2), '12.3M');
  t.equal(size(1023.9 * 1024 ** 2), '1.0G', 'no 1024M');
  t.equal(size(3 * 1024 ** 4), '3.0T');
  t.equal(percent(0.004), '0.4%');
  t.equal(percent(0.314), '31%');
  t.equal(plural(1, 'session'), '1 session');
  t.equal(plural(0, 'session'), '0 sessions');
  t.equal(plural(2, 'process', 'processes'), '2 processes');
});

t.test('how a program ended', async (t) => {
  t.equal(signalName(9), 'SIGKILL');
  t.equal(signalName(63), 'signal 63');
  t.equal(exitText({ status: 3, signal: null }), 'exit status 3');
  t.equal(exitText({ status: null, signal: 15 }), 'killed by SIGTERM (15)');
  t.equal(exitText(null), 'exit not known');
});

t.test(
  'every line of a table fits the terminal and the columns stand below each other',
  async () => {
    const columns = [
      { title: 'A', least: 3 },
      { title: 'BB', least: 4, optional: 1 },
      { title: 'N' },
    ];
    const rows = fc.array(fc.tuple(text, text), { maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 6, max: 60 }), (cells, width) => {
        const lines = table(
          columns,
          cells.map(([a, b]) => [{ text: a }, { text: b }, { text: '7' }]),
          terminalOfSize(width, 24),
        );
        const last = new Set(lines.map((line) => widthOf(line)));
        return lines.every((line) => widthOf(line) <= width) && last.size === 1;
      }),
    );
  },
);

t.test('a box is closed whatever is in it', async () => {
  fc.assert(
    fc.property(fc.array(text), text, fc.integer({ min: 12, max: 60 }), (lines, title, width) => {
      const drawn = box(title, lines, width, wide);
      const widths = new Set(drawn.map(widthOf));
      return widths.size === 1 && [...widths].every((drawnWidth) => drawnWidth <= width);
    }),
  );
});

const live: CurrentStatus = { document: statusOf(), source: 'agent', exit: 0 };

t.test('the overview', async (t) => {
  matchesGolden(t, 'status-100', overview(live, noon, terminalOfSize(100, 40)));
  matchesGolden(t, 'status-60', overview(live, noon, terminalOfSize(60, 40)));
  matchesGolden(t, 'status-40', overview(live, noon, terminalOfSize(40, 40)));
  matchesGolden(t, 'status-pipe', overview(live, noon, wide));
  matchesGolden(t, 'status-colour', overview(live, noon, terminalOfSize(100, 40, true)));
  const written = { ...live, source: 'state.json' } as const;
  matchesGolden(t, 'status-offline', overview(written, noon + 200_000, terminalOfSize(100, 40)));
});

const unseen: WitnessStatus = {
  ...{ state: 'absent', why: 'no witness is running\x1b[2J', method: null, realTime: null },
  ...{ since: null, lost: 0 },
};

t.test('whether who sends a signal is seen', async (t) => {
  const at = (witness: WitnessStatus | null, source: CurrentStatus['source'] = 'agent') =>
    overview({ ...live, source, document: statusOf({ witness }) }, noon, wide);
  const said = 'Witness: who sends a signal is not seen: no witness is running; holdfast doctor';
  t.equal(at(unseen)[2], said);
  t.match(at({ ...unseen, state: 'blind' }), [/^holdfast/, /^agent/, said]);
  const before = overview(live, noon, wide);
  t.same(at({ ...unseen, state: 'sees', why: null }), before, 'nothing where it sees');
  t.same(at(null), before, 'nor where nobody was asked yet');
  t.notOk(at(unseen, 'state.json').includes(said), 'nor of an agent that is not there');
});

t.test('the overview says what keeps Holdfast from its work', async (t) => {
  const { agent, links, servers } = statusOf();
  const unlimited = 'no unit with Delegate=yes and DelegateSubgroup=server runs the server';
  const ownerDoubt = 'its sessions are with ada, the first of several owners: none is named for it';
  const log = { ...agent.log, status: 'degraded', code: 'ENOSPC', queued: 12, dropped: 1 } as const;
  const document = statusOf({
    agent: {
      ...agent,
      ...{ log, refused: { at: noon, problems: 2, first: 'sessions.api.limits: got "2GiB"' } },
      journal: { status: 'degraded', code: 'EAGAIN', sent: 7, dropped: 3 },
    },
    links: links.map((link) => ({ ...link, connected: false })),
    servers: servers.slice(0, 1).map((server) => ({ ...server, unlimited, ownerDoubt })),
    ...{ sessions: [], incidents: [], witness: unseen },
    forecasts: [{ text: 'api\x1b[2J reaches its 2.0G in 40m' } as ForecastStatus],
  });
  matchesGolden(
    t,
    'status-trouble',
    overview({ ...live, document }, noon, terminalOfSize(100, 40)),
  );
});

t.test('the overview stays on one screen', async (t) => {
  const sessions = Array.from({ length: 500 }, (_, i) => sessionOf(`bot-${i}`));
  const document = statusOf({ sessions });
  for (const rows of [24, 30, 50]) {
    const lines = overview({ ...live, document }, noon, terminalOfSize(80, rows));
    t.ok(lines.length < rows, `${lines.length} of ${rows} rows`);
    t.ok(lines.every((line) => widthOf(line) <= 80));
    t.ok(lines.some((line) => /^and \d+ more: holdfast sessions$/.test(line)));
  }
  t.equal(
    overview({ ...live, document }, noon, wide).length > 500,
    true,
    'in a pipe nothing is cut',
  );
});

t.test('the table of sessions cuts no less than it says', async (t) => {
  const sessions = Array.from({ length: 5 }, (_, i) => sessionOf(`s${i}`));
  t.equal(sessionTable(sessions, 5, noon, wide).length, 6, 'five and the header');
  const cut = sessionTable(sessions, 4, noon, wide);
  t.equal(cut.length, 5);
  t.equal(cut.at(-1), 'and 2 more: holdfast sessions');
});

t.test('a session says briefly how the bot in it is that is worst off', async (t) => {
  const of = (...states: BotStatus['state'][]) => {
    const bots = states.map((state, n) => ({ state, bot: `b${n}` }) as BotStatus);
    return sessionTable([{ ...sessionOf('s'), bots }], 5, noon, wide)[1] ?? '';
  };
  t.match(of(), / {2}up {2,}/);
  t.match(of('unknown'), / {2}up {2,}/, 'that it does not say is nothing to say');
  t.match(of('ready'), / {2}up, ready /);
  t.match(of('ready', 'needs-login', 'connecting'), / {2}up, needs-login /);
  t.match(of('needs-login', 'lost'), / {2}up, lost /);
});

t.test('hostile names do no harm in tables', async (t) => {
  const name = '\x1b[2Jevil\x1b]0;x\x07\n\u202e';
  const sessions = [sessionOf(name, { command: `${name}\r`, server: name })];
  const incidents = [
    {
      ...{ incident: name, server: name, at: noon, cause: name, confidence: name },
      sessions: [name],
      summary: name,
    },
  ];
  const lines = [
    ...overview(
      { ...live, document: statusOf({ sessions, incidents }) },
      noon,
      terminalOfSize(90, 40),
    ),
    eventLine(
      eventOf(1, 'session.renamed', { life: '', session: name, from: name, to: name }),
      noon,
      wide,
    ),
  ];
  for (const line of lines) t.notMatch(line, /[\x00-\x1f\x7f-\x9f\u202e]/);
  t.ok(lines.some((line) => line.includes('evil')));
});

t.test('what is said of the notifier', async (t) => {
  const at = (document: StatusDocument): string[] =>
    overview({ ...live, document }, noon, terminalOfSize(100, 40));
  const silences = [silenceOf('web'), silenceOf(null, { until: noon })];
  const quiet = statusOf({ notifier: notifierOf(), silences });
  matchesGolden(t, 'status-notifier', at(quiet));
  const telegram = { bot: 'b', lastUpdatesAt: null, paired: 1, strangers: 0 };
  const troubled = notifierOf({
    reportedAt: noon - 300_000,
    channels: [
      channelOf('telegram:4711', { status: 'failed', code: '403\x1b[2J', queued: 2 }),
      channelOf('webhook:ops', { status: 'waiting', code: 'ECONNREFUSED', queued: 3 }),
    ],
    telegram: { ...telegram, polling: 'conflict' },
    deadman: { status: 'unreachable', lastPingAt: null },
  });
  matchesGolden(t, 'status-notifier-trouble', at(statusOf({ notifier: troubled })));
  const wrong = notifierOf({ channels: [], telegram: { ...telegram, polling: 'unauthorized' } });
  const lines = at(statusOf({ notifier: wrong })).join('\n');
  t.match(lines, /notifier: nobody to be told/);
  t.match(lines, /Telegram refuses the token/);
  t.match(at(statusOf({ silences }))[2], /^no notifier · 1 silence in force \(web\)$/);
  t.same(at(statusOf({ notifier: null, silences: [] })), at(statusOf()), 'nothing where none is');
});

t.test('incidents', async (t) => {
  matchesGolden(t, 'incidents', incidentTable(statusOf().incidents, noon, terminalOfSize(100)));
  t.equal(nameList(['a', 'b', 'c']), 'a, b, c');
  t.equal(nameList(['a', 'b', 'c', 'd']), 'a, b and 2 more');
});

const target = { server: 'main', session: 'bot', life: 'l' };
const by = { uid: 1000, pid: 7, session: 'web' };
const instance = { pid: 100, startTime: 5 };
const birth = {
  ...{ life: 'l', server: 'main', instance, session: 'bot', tmuxId: '$1', tmuxName: 'bot' },
  ...{ declared: true, createdAt: noon, panes: [], group: '', command: 'npm start' },
};

/** One event of every type. */
const everything: Event[] = [
  eventOf(1, 'agent.started', {
    ...{ version: '0.1.0', pid: 7, bootId: 'b', embedded: true },
    previous: { seq: 0, at: noon, clean: false, bootId: 'b' },
  }),
  eventOf(2, 'config.applied', { hash: 'h', source: '/etc/h.yaml', sessions: 1, servers: [] }),
  eventOf(3, 'config.rejected', { source: '/etc/h.yaml', problems: 2, first: 'sessions.x' }),
  eventOf(4, 'link.connected', { owner: 'ada', uid: 1000, pid: 8, tmux: '3.5a' }),
  eventOf(5, 'server.found', {
    server: 'main',
    instance,
    socket: '/s',
    managed: true,
    version: '3.5a',
  }),
  eventOf(6, 'session.declared', { session: 'bot', server: 'main', tmuxName: 'bot' }),
  eventOf(7, 'session.created', birth),
  eventOf(8, 'supervision.started', { ...birth, found: 'created' }),
  eventOf(9, 'session.renamed', { life: 'l', session: 'bot', from: 'bot', to: 'bot2' }),
  eventOf(10, 'session.panes_changed', { life: 'l', session: 'bot', panes: [], more: 2 }),
  eventOf(11, 'server.socket_lost', { server: 'main', instance, socket: '/s' }),
  eventOf(12, 'server.socket_restored', { server: 'main', instance, afterMs: 120 }),
  eventOf(13, 'server.hung', { server: 'main', instance, processState: 'T' }),
  eventOf(14, 'server.resumed', { server: 'main', instance, afterMs: 5000 }),
  eventOf(15, 'session.died', deathOf('bot')),
  eventOf(16, 'supervision.ended', {
    life: 'l',
    session: 'bot',
    reason: 'died',
    supervisedMs: 9000,
  }),
  eventOf(17, 'incident.opened', {
    incident: '7',
    server: 'main',
    lives: ['l'],
    sessions: ['bot'],
  }),
  eventOf(18, 'incident.grew', { incident: '7', lives: ['m'], sessions: ['web'] }),
  eventOf(19, 'verdict.reached', { incident: '7', verdict: killed }),
  eventOf(19, 'verdict.reached', { incident: '7', verdict: killed, confirms: true }),
  eventOf(20, 'decision.made', { decision: 'recover', reason: 'died', target }),
  eventOf(21, 'action.requested', { action: 'a1', kind: 'session.create', target, reason: 'died' }),
  eventOf(22, 'action.done', { action: 'a1', settled: 'reported' }),
  eventOf(23, 'action.failed', { action: 'a2', code: 'no-link', message: 'no link is connected' }),
  eventOf(24, 'action.lost', { action: 'a3', why: 'the agent was killed' }),
  eventOf(25, 'intent.declared', { intent: 'i', target, by, expiresAt: noon }),
  eventOf(26, 'intent.expired', { intent: 'i' }),
  eventOf(27, 'session.ended', {
    ...{
      life: 'l',
      session: 'bot',
      server: 'main',
      reason: 'shell-exit',
      intent: null,
      ageMs: 9000,
    },
  }),
  eventOf(28, 'server.died', {
    ...{ server: 'main', instance, how: 'killed', text: 'gone', lastSeen: noon, lives: 2 },
  }),
  eventOf(29, 'session.undeclared', { session: 'bot' }),
  eventOf(30, 'log.degraded', { code: 'ENOSPC', message: 'the disk is full' }),
  eventOf(31, 'log.recovered', { queued: 12, afterMs: 61_000 }),
  eventOf(32, 'log.quarantined', { file: 'events.db.bad', reason: 'malformed', salvaged: 400 }),
  eventOf(33, 'events.gap', { from: 3, to: 9, reason: 'retention' }),
  eventOf(34, 'link.lost', { owner: 'ada', pid: 8, reason: 'closed' }),
  eventOf(35, 'agent.stopping', { reason: 'signal' }),
];

t.test('every type of event has words', async (t) => {
  matchesGolden(
    t,
    'events',
    everything.map((event) => eventLine(event, noon, terminalOfSize(110))),
  );
  const future = { ...everything[0], type: 'moon.rose', data: { session: 'bot', phase: 1 } };
  t.equal(eventText(future as unknown as Event), '{"session":"bot","phase":1}');
  t.equal(subjectOf(future as unknown as Event), 'bot');
});

t.test('which events are about a session', async (t) => {
  const about = everything.filter((event) => concerns(event, 'web')).map(({ type }) => type);
  t.same(about, ['incident.grew']);
  t.ok(concerns(eventOf(1, 'decision.made', { decision: '', reason: '', target }), 'bot'));
});

t.test('colours are for terminals, and never with NO_COLOR', async (t) => {
  const stream = { write: () => true, isTTY: true, columns: 90, rows: 30 };
  t.equal(terminalOf(stream, {}).paint('red', 'x'), '\x1b[31mx\x1b[39m');
  t.equal(terminalOf(stream, { NO_COLOR: '' }).paint('red', 'x'), '\x1b[31mx\x1b[39m');
  t.equal(terminalOf(stream, { NO_COLOR: '1' }).paint('red', 'x'), 'x');
  t.equal(terminalOf(stream, { NO_COLOR: '1', FORCE_COLOR: '1' }).paint('red', 'x'), 'x');
  t.equal(terminalOf(stream, { TERM: 'dumb' }).paint('red', 'x'), 'x');
  const pipe = terminalOf({ write: () => true }, { FORCE_COLOR: '1' });
  t.equal(pipe.paint('red', 'x'), 'x');
  t.equal(pipe.columns, Number.POSITIVE_INFINITY);
  t.equal(terminalOf({ ...stream, columns: 0 }, {}).columns, 80, 'a terminal that knows no size');
});

t.test('what needs no segmenter is measured as with one', async () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const point = fc.oneof(
    fc.integer({ min: 0x20, max: 0x24ff }),
    fc.integer({ min: 0x3040, max: 0x9fff }),
    fc.integer({ min: 0xac00, max: 0xd7a3 }),
    fc.integer({ min: 0x1f300, max: 0x1f6ff }),
  );
  // Thai and Lao AM are letters that Unicode joins and terminals do not.
  const words = fc
    .array(point, { maxLength: 6 })
    .map((points) => printable(String.fromCodePoint(...points)).replace(/[\u0e33\u0eb3]/g, ''));
  fc.assert(
    fc.property(words, (word) => {
      const parts = Array.from(segmenter.segment(word), ({ segment }) => widthOf(segment));
      return widthOf(word) === parts.reduce((sum, width) => sum + width, 0);
    }),
    { numRuns: 3000 },
  );
});
