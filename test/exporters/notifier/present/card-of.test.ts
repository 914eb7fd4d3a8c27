import t from 'tap';
import { headlineText } from '../../../../agent/model/text/headline.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import {
  type Alert,
  type AlertKind,
  alertKinds,
} from '../../../../exporters/notifier/classify/alert.ts';
import { newAlert } from '../../../../exporters/notifier/classify/open.ts';
import { cardOf, forPeople } from '../../../../exporters/notifier/present/card-of.ts';
import { stormCard } from '../../../../exporters/notifier/present/storm-card.ts';
import { actorOf } from '../../../agent/cli/why/sample-actor.ts';
import { alertsIn, fold, noon, Tale } from '../classify/sample-events.ts';

const cardIn = (events: Parameters<typeof fold>[0]) => {
  const [alert] = alertsIn(fold(events));
  if (!alert) throw new Error('no alert');
  return cardOf(alert, 'vps-1');
};

const lines = ({ details }: ReturnType<typeof cardIn>): string[] =>
  details.map(({ label, text }) => `${label}: ${text}`);

t.test('a death, from its first sign to its end', async (t) => {
  const tale = new Tale();
  const { incident, events } = tale.opened(['web']);
  t.same(lines(cardIn(events)), ['cause: not yet known', 'lived: 1h']);
  const told = [...events, tale.wait(200).verdict(incident, { missing: ['who sent it', 'x'] })];
  const card = cardIn(told);
  t.equal(card.headline, 'web died: killed by SIGKILL');
  t.same(lines(card), [
    'cause: pkill sent SIGKILL',
    'how sure: certain (signal, scope session)',
    'not seen: who sent it',
    'lived: 1h',
  ]);
  t.match(card, { host: 'vps-1', incident, incidents: [incident], count: 1, status: 'firing' });
  t.same(card.actions, ['why', 'screen', 'restart', 'acknowledge', 'silence']);
  const known = cardIn([...told, tale.acknowledged(incident, 'Ann')]);
  t.match(lines(known).at(-1), 'known to: Ann');
  t.same(known.actions, ['why', 'screen', 'restart', 'silence']);
  const over = cardIn([...told, tale.wait(40).back('web')]);
  t.equal(lines(over).at(-1), 'done: web is back after 240ms');
  t.same(over.actions, ['why', 'screen', 'silence']);
});

t.test('who did it stands below the headline', async (t) => {
  const named = cardIn(new Tale().died(['web'], { actor: actorOf() }));
  t.equal(
    headlineText(named.byline ?? []),
    'by pkill -9 -f mux (pid 4711), run by cleanup.sh, cron.service',
  );
  t.same(named.actor, actorOf());
  const unnamed = cardIn(new Tale().died(['web'], { actor: null }));
  t.match(unnamed, { actor: null, byline: null });
  const early = cardIn(new Tale().opened(['web']).events);
  t.match(early, { actor: null, byline: null }, 'before the verdict');
});

t.test('how the same came about before stands behind the cause', async (t) => {
  const tale = new Tale();
  const { incident, events } = tale.opened(['web']);
  const recurrence = {
    ...{ count: 3, text: 'Third time in 6 days, always within 5 minutes of 05:20' },
    prevention: 'narrow mux in what cron.service runs: systemctl cat cron.service',
  };
  const told = (changes: Partial<typeof recurrence> | { prevention: null }) =>
    lines(
      cardIn([
        ...events,
        tale.verdict(incident, {}, { recurrence: { ...recurrence, ...changes } }),
      ]),
    );
  t.same(told({}), [
    'cause: pkill sent SIGKILL',
    'pattern: Third time in 6 days, always within 5 minutes of 05:20',
    'to prevent it: narrow mux in what cron.service runs: systemctl cat cron.service',
    'how sure: certain (signal, scope session)',
    'lived: 1h',
  ]);
  t.notMatch(told({ prevention: null }).join('\n'), 'to prevent it');
  t.match(told({ text: 'by \x1b[31mx\n🟢' })[1], /^pattern: by [^\x1b\n]*x 🟢$/);
});

t.test('an alert that is raised again waits for its own pattern', async (t) => {
  const tale = new Tale();
  const { incident, events } = tale.opened(['web']);
  const recurrence = { count: 2, text: 'Second time in 2 days', prevention: null };
  const first = [...events, tale.verdict(incident, {}, { recurrence })];
  const again = [...first, tale.back('web'), ...tale.wait(1000).opened(['web']).events];
  t.match(lines(cardIn(first)).join('\n'), 'Second time');
  t.notMatch(lines(cardIn(again)).join('\n'), 'Second time');
});

t.test('what the one who did it chose to be called is made safe', async (t) => {
  const evil = 'rm \u202egnp.exe\n\x1b[2J🟢 Resolved';
  const [parent] = actorOf().ancestry;
  const actor = actorOf({
    ...{ comm: evil, cmdline: evil, user: evil, unit: evil, session: evil },
    ancestry: [{ ...(parent ?? { pid: 1 }), comm: evil, cmdline: evil }],
  });
  const card = cardIn(new Tale().died(['web'], { actor }));
  t.notMatch(JSON.stringify([card.actor, card.byline]), /\\n|\\u001b|\u202e/);
  t.match(card.actor, { cmdline: 'rm gnp.exe 🟢 Resolved', ancestry: [{ comm: /^rm gnp/ }] });
});

t.test('several sessions: who is still down', async (t) => {
  const tale = new Tale();
  const card = cardIn([...tale.died(['a', 'b', 'c']), tale.back('b')]);
  t.equal(card.headline, '3 sessions died: killed by SIGKILL');
  t.ok(lines(card).includes('sessions: a, b, c'));
  t.ok(lines(card).includes('still down: a, c'));
  const all = cardIn(tale.died(['a', 'b']));
  t.notOk(
    lines(all).some((line) => line.startsWith('still down')),
    'where all are, that is said',
  );
});

t.test('what goes on and is over', async (t) => {
  const tale = new Tale();
  const card = cardIn([tale.hung(), tale.wait(90_000).resumed()]);
  t.equal(card.headline, 'tmux server main does not answer');
  t.same(lines(card), ['done: all is well again after 1m 30s']);
  t.same([card.incident, card.actions], [null, []]);
  const gaveUp = cardIn([...tale.died(['web']), tale.wait(5000).decided('suspend', 'web')]);
  t.match(lines(gaveUp).at(-1), 'Holdfast stopped trying after 5s');
});

t.test('what a person may do about a unit', async (t) => {
  const of = (kind: AlertKind, about: Partial<Alert> = {}) => {
    const known = { server: unitsServer, sessions: ['gate'], ...about };
    return cardOf(newAlert(kind, 'gate', { at: noon, seq: 1, trace: '' }, known), 'vps-1').actions;
  };
  const open = ['why', 'restart', 'silence'];
  const kinds = ['unit-failed', 'unit-died', 'session-failed', 'bot-disconnected'] as const;
  for (const kind of [...kinds, 'recovery-stopped'] as const) t.same(of(kind), open, kind);
  t.same(of('unit-failed', { status: 'resolved' }), ['why', 'silence']);
  t.same(of('unit-failed', { status: 'resolved', lapsed: true }), open, 'it may be so still');
  t.same(of('bot-needs-login', { need: 'qr' }), ['login', ...open]);
  const explained = { incidents: ['7'] };
  t.same(of('session-died', explained), ['why', 'restart', 'acknowledge', 'silence']);
  t.same(of('unit-failed', { sessions: [] }), []);
  t.same(of('session-failed', { server: 'main' }), [], 'of a session its incident tells');
  t.same(of('bot-needs-login', { server: 'main' }), ['login']);
});

t.test('what has lapsed is not well: for people it stays as it was', async (t) => {
  const tale = new Tale();
  const [alert] = alertsIn(fold(tale.died(['web'])));
  if (!alert) throw new Error('no alert');
  const before = cardOf(alert, 'vps-1');
  const about = { lapsed: true, status: 'resolved', resolvedAt: noon, revision: 9 } as const;
  const after = cardOf({ ...alert, ...about }, 'vps-1');
  t.match(after, { status: 'resolved', lapsed: true });
  t.same(forPeople(after), { ...before, revision: 9 });
  const once = newAlert('log-damaged', '', { at: noon, seq: 1, trace: '' }, about);
  t.same(lines(cardOf(once, 'vps-1')), [], 'nor is it well again');
});

t.test('the headline of each kind', async (t) => {
  const expected: Record<AlertKind, string> = {
    'session-died': 'api died: the verdict is not reached yet',
    'session-failed': 'api is there and has failed',
    'session-degraded': 'api works, and not well',
    'session-waiting': 'api waits for a person',
    'recovery-stopped': 'api: brought back too often, Holdfast stopped trying',
    'server-died': 'tmux server main died and is not back',
    'server-hung': 'tmux server main does not answer',
    'socket-lost': 'tmux server main lost its socket and it cannot be made again',
    'link-lost': 'sessions of ann are not watched: their link is gone',
    'bot-needs-login': 'api: the bot needs you: log it in',
    'bot-logged-out': 'api: the bot was logged out',
    'bot-disconnected': 'api: the bot has been without its service for long',
    'refresh-failed': 'api: its login could not be renewed, Holdfast stopped trying',
    'unit-died': 'unit api died; systemd starts it again',
    'unit-failed': 'unit api is down: systemd has given it up',
    'agent-killed': 'the Holdfast agent was killed and runs again',
    'agent-silent': 'the Holdfast agent does not answer: nothing is watched',
    'machine-restarted': 'the machine was restarted',
    'config-rejected': 'the new configuration is refused; the old one stays in force',
    'log-degraded': 'events cannot be stored',
    'log-damaged': 'the log of events was damaged and has been rebuilt',
    'events-lost': 'some events are lost: this report may not be whole',
    'running-out': 'Bob',
    'person-paired': 'Bob may now ask and act from the phone',
    test: 'this is a test: alerts of this machine arrive here',
  };
  const headlineOf = (kind: AlertKind, about: Partial<Alert>): string => {
    const alert = newAlert(kind, 'ann', { at: noon, seq: 1, trace: '' }, about);
    const { headline, headlineParts } = cardOf(alert, 'vps-1');
    t.equal(headlineText(headlineParts ?? []), headline);
    return headline;
  };
  const about = { server: 'main', sessions: ['api'], message: 'Bob' };
  for (const kind of alertKinds) t.equal(headlineOf(kind, about), expected[kind]);
  const bare = { server: 'main' };
  t.match(headlineOf('session-died', bare), /^the tmux server main died: /);
  t.match(headlineOf('recovery-stopped', bare), /^tmux server main: brought back/);
  t.match(headlineOf('person-paired', bare), /^somebody may now/);
  t.equal(headlineOf('running-out', bare), 'something is running out');
  const many = { ...bare, sessions: ['a', 'b', 'c', 'd'] };
  t.match(headlineOf('recovery-stopped', many), /^a, b and 2 more: brought back/);
});

t.test('each kind has a headline, made of names that may be anything', async (t) => {
  const hostile = '\u001b[31m<b>x\u0007\n\u202e';
  for (const kind of alertKinds) {
    const about = { server: hostile, sessions: [hostile], message: 'm' };
    const alert = newAlert(kind, hostile, { at: noon, seq: 1, trace: '' }, about);
    const { headline, sessions } = cardOf(alert, hostile);
    t.match(headline, /\w/, kind);
    t.notMatch(headline + sessions.join(), /[\p{Cc}\u202e]/u, kind);
  }
});

t.test('a storm', async (t) => {
  const one = cardOf(newAlert('server-hung', 'main', { at: noon, seq: 1, trace: '' }), 'vps-1');
  const facts = {
    ...{ alerts: 998, over: 0, worst: 'error' as const, firstAt: noon },
    examples: [
      { ...one, headline: 'a died', sessions: ['a'] },
      { ...one, headline: 'b died', sessions: ['b'] },
    ],
  };
  const card = stormCard('storm-1', facts, 'vps-1', noon + 1, noon);
  t.match(card, { kind: 'storm', severity: 'error', status: 'firing', count: 998, actions: [] });
  t.equal(card.headline, '998 more alerts in a short time');
  t.same(card.details, [
    { label: 'sessions', text: 'a, b' },
    { label: 'first', text: 'a died' },
    { label: 'first', text: 'b died' },
    { label: 'all of them', text: 'holdfast incidents' },
  ]);
  const single = stormCard(
    'storm-1',
    { ...facts, alerts: 1, examples: [one] },
    'vps-1',
    noon,
    noon,
  );
  t.match(
    single,
    { kind: 'storm', alert: 'storm-1', headline: one.headline },
    'one alone is told whole',
  );
  const over = stormCard('storm-1', { ...facts, over: 998, examples: [] }, 'vps-1', noon, noon);
  t.match(over, {
    status: 'resolved',
    headline: '998 more alerts in a short time, 998 of them over',
  });
  t.equal(over.details.length, 1);
});

t.test('a bot that needs somebody: what to do, and nothing of what logs it in', async (t) => {
  const alert = newAlert(
    'bot-needs-login',
    'main/wa',
    { at: noon, seq: 1, trace: '' },
    {
      ...{ server: 'main', sessions: ['wa'], need: 'qr', message: 'qr, scan it' },
    },
  );
  const card = cardOf(alert, 'vm');
  t.match(card, {
    headline: 'wa: the bot needs you: scan a QR code',
    details: [
      { label: 'detail', text: 'qr, scan it' },
      { label: 'to do', text: 'holdfast login wa' },
    ],
    actions: ['login'],
    login: { server: 'main', session: 'wa', need: 'qr' },
  });
  const over = cardOf({ ...alert, status: 'resolved', resolvedAt: alert.openedAt + 1000 }, 'vm');
  t.match(over, { actions: [], login: null });
  t.notOk(over.details.some(({ label }) => label === 'to do'));
});
