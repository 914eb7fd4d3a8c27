import t from 'tap';
import { alertTable, byNeed } from '../../../agent/cli/alerts/alert-table.ts';
import { silenceTable } from '../../../agent/cli/alerts/silence-table.ts';
import type { Context } from '../../../agent/cli/command.ts';
import { withNotifier } from '../../../agent/cli/frame/notifier.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import type { AlertLine, TestResult } from '../../../agent/protocol/notifier.ts';
import { makeHome, startFakeAgent } from './fake-agent.ts';
import { matchesGolden, terminalOfSize } from './golden.ts';
import { runCli } from './run-cli.ts';
import { noon, reportOf, silenceOf, statusOf } from './sample.ts';

process.env['TZ'] = 'UTC';

const lineOf = (alert: string, more: Partial<AlertLine> = {}): AlertLine => ({
  ...{ alert, kind: 'session-died', severity: 'warning', status: 'firing' },
  ...{ headline: 'bot died: killed by SIGKILL', sessions: ['bot'], incident: '7', count: 1 },
  ...{ openedAt: noon - 3_600_000, updatedAt: noon - 60_000, acknowledgedAt: null },
  channels: { 'telegram:4711': 'sent' },
  ...more,
});

const lines: AlertLine[] = [
  lineOf('a1', { status: 'resolved', severity: 'critical', updatedAt: noon - 1000 }),
  lineOf('a2', { count: 12, acknowledgedAt: noon - 120_000 }),
  lineOf('a3', { severity: 'critical', headline: 'tmux server main died\x1b[2J with 7 sessions' }),
  lineOf('a4', {
    severity: 'notice',
    channels: { 'telegram:4711': 'quiet-hours', 'webhook:ops': 'sent', 'ntfy:phone': 'sent' },
  }),
];

t.test(
  'alerts: open ones first, of those the most serious, each with what became of it',
  async (t) => {
    const sorted = [...lines].sort(byNeed);
    t.same(
      sorted.map(({ alert }) => alert),
      ['a3', 'a2', 'a4', 'a1'],
    );
    matchesGolden(t, 'alerts', alertTable(sorted, noon, terminalOfSize(120)));
    const [, lapsed] = alertTable(
      [lineOf('a5', { status: 'resolved', lapsed: true })],
      noon,
      terminalOfSize(120),
    );
    t.match(lapsed, / lapsed /, 'which is not to say that all is well');
    matchesGolden(t, 'alerts-60', alertTable(sorted, noon, terminalOfSize(60)));
    const { home, calls } = await startFakeAgent(t, { 'alerts.list': () => ({ alerts: lines }) });
    const { home: none } = await startFakeAgent(t, { 'alerts.list': () => ({ alerts: [] }) });
    const [text, json, empty, wrong] = await Promise.all([
      runCli(['alerts', '--home', home]),
      runCli(['alerts', '--limit', '2', '--json', '--home', home]),
      runCli(['alerts', '--home', none]),
      runCli(['alerts', '--limit', 'x', '--home', home]),
    ]);
    t.equal(text.stdout.split('\n').length, lines.length + 2);
    t.notMatch(text.stdout, /\x1b/);
    t.match(JSON.parse(json.stdout), { schema: 1, alerts: [{ alert: 'a3' }, { alert: 'a2' }] });
    t.match(empty, { code: 0, stdout: 'no alerts\n' });
    t.equal(wrong.code, 64);
    t.same(
      calls.map(({ params }) => JSON.stringify(params)).sort(),
      ['{"limit":20}', '{"limit":2}'].sort(),
    );
  },
);

t.test('without a notifier it is said what to do', async (t) => {
  const refuse = () => {
    throw new RequestFailure('no-notifier', 'no notifier is attached');
  };
  const { home } = await startFakeAgent(t, {
    ...{ 'alerts.list': refuse, 'alerts.test': refuse, 'pairing.list': refuse },
  });
  const ran = await Promise.all(
    [['alerts'], ['alert', 'test'], ['pair', '--list']].map((args) =>
      runCli([...args, '--home', home]),
    ),
  );
  const advice = `holdfast: the notifier does not run: put the token of a bot into ${home}/etc/credentials/telegram-token, or a webhook below \`alerts\` into ${home}/etc/holdfast.yaml; then: holdfast reload\n`;
  for (const { code, stdout, stderr } of ran)
    t.same({ code, stdout, stderr }, { code: 1, stdout: '', stderr: advice });
  const json = await runCli(['alerts', '--json', '--home', home]);
  t.match(JSON.parse(json.stderr), { error: { code: 'no-notifier' } });
});

t.test('as a service it is systemd that starts it', async (t) => {
  const agent = await startFakeAgent(t, {
    'alerts.list': () => {
      throw new RequestFailure('no-notifier', 'no notifier is attached');
    },
  });
  const stdout = terminalOfSize(80);
  const context: Context = {
    ...{ paths: { ...agent.paths, credentialsDir: null }, home: null, env: {}, json: false },
    ...{ stdout, stderr: stdout, now: Date.now, commands: [] },
  };
  const asked = withNotifier(context, (client) => client.call('alerts.list', { limit: 1 }));
  await t.rejects(asked, {
    code: 'no-notifier',
    message: /^the notifier does not run: start it with: systemctl start holdfast-notifier; /,
  });
});

t.test('alert test: a line for each channel, and 1 where one did not take it', async (t) => {
  const taken: TestResult = {
    ...{ channel: 'telegram:4711', outcome: 'accepted', detail: 'message 17 to chat 4711' },
    afterMs: 212,
  };
  const refused: TestResult = {
    ...{ channel: 'webhook:ops', outcome: 'refused', detail: 'HTTP 410\x1b[2J', afterMs: 95 },
  };
  const { home, calls } = await startFakeAgent(t, {
    'alerts.test': ({ channel }) => ({
      results: channel === 'none' ? [] : channel === undefined ? [taken, refused] : [taken],
    }),
  });
  const run = (...args: string[]) => runCli(['alert', ...args, '--home', home]);
  const [all, one, none, json, unknown] = await Promise.all([
    run('test'),
    run('test', '--notifier', 'telegram:4711'),
    run('test', '--notifier', 'none'),
    run('test', '--json'),
    run('tset'),
  ]);
  t.match(all, {
    code: 1,
    stdout: `telegram:4711  accepted: message 17 to chat 4711, after 212ms
webhook:ops    refused: HTTP 410, after 95ms
`,
  });
  t.equal(one.code, 0);
  t.match(none, { code: 1, stdout: /^nobody to be told: .*holdfast pair\n$/ });
  t.match(JSON.parse(json.stdout), { schema: 1, results: [taken, { outcome: 'refused' }] });
  t.match(unknown, { code: 64, stderr: /only "test" is known, got "tset"/ });
  t.ok(calls.some(({ params }) => (params as { channel?: string }).channel === 'telegram:4711'));
});

t.test('ack: the newest, or one named by itself or by a session of it', async (t) => {
  const { home, calls } = await startFakeAgent(t, {
    incident: ({ session, id }) => {
      if (session === 'bot' || id === '7') return reportOf();
      throw new RequestFailure('unknown-session', `there is no session "${session}"`);
    },
    'alert.acknowledge': ({ incident = '9' }) => ({ incident, sessions: ['bot', 'we\x1b[2Jb'] }),
  });
  const run = (...args: string[]) => runCli(['ack', ...args, '--home', home]);
  const [newest, bySession, byId, json, nobody] = await Promise.all([
    run(),
    run('bot'),
    run('7'),
    run('--json'),
    run('nobody'),
  ]);
  t.match(newest, { code: 0, stdout: 'incident 9 (bot, web)  acknowledged\n' });
  t.match(bySession, { code: 0, stdout: /^incident 7 / });
  t.match(byId, { code: 0, stdout: /^incident 7 / });
  t.match(JSON.parse(json.stdout), { schema: 1, incident: '9' });
  t.match(nobody, { code: 1, stderr: /there is no session "nobody"/ });
  const asked = calls.filter(({ method }) => method === 'alert.acknowledge');
  t.same(asked.map(({ params }) => JSON.stringify(params)).sort(), [
    '{"incident":"7"}',
    '{"incident":"7"}',
    '{}',
    '{}',
  ]);
});

t.test('silence and unsilence', async (t) => {
  const until = Date.now() + 3_600_000;
  const { home, calls } = await startFakeAgent(t, {
    'alert.silence': ({ session, reason }) =>
      silenceOf(session, { server: session && 'main', until, reason }),
    'alert.unsilence': ({ silence }) => silenceOf(silence),
    status: () =>
      statusOf({ silences: [silenceOf('web', { until }), silenceOf(null, { until: 1 })] }),
  });
  const run = (...args: string[]) => runCli([...args, '--home', home]);
  const [one, all, list, json, ended] = await Promise.all([
    run('silence', 'web', '--for', '1h', '--reason', ' new release '),
    run('silence', '--all', '--for', '20m', '--reason', 'moving', '--json'),
    run('silence'),
    run('silence', '--json'),
    run('unsilence', 'web'),
  ]);
  t.match(one, { code: 0, stdout: /^main:web {2}silenced until .*\d\d:\d\d:\d\d\n$/ });
  t.match(JSON.parse(all.stdout), { schema: 1, session: null, reason: 'moving' });
  t.match(list.stdout, /^SILENCED .*\nweb /);
  t.match(JSON.parse(json.stdout), { schema: 1, source: 'agent', silences: [{ session: 'web' }] });
  t.equal(JSON.parse(json.stdout).silences.length, 1, 'what is over is not listed');
  t.match(ended, { code: 0, stdout: 'web  no longer silenced\n' });
  const asked = calls
    .filter(({ method }) => method === 'alert.silence')
    .map(({ params }) => params);
  t.same(
    asked.map((params) => JSON.stringify(params)).sort(),
    [
      '{"session":"web","forMs":3600000,"reason":"new release"}',
      '{"session":null,"forMs":1200000,"reason":"moving"}',
    ].sort(),
  );
});

t.test('a silence that is not wholly said is refused', async (t) => {
  const { home } = makeHome(t);
  const wrong: [string[], RegExp][] = [
    [['--for', '1h', '--reason', 'x'], /say what: a session, or --all/],
    [['web', '--all', '--for', '1h', '--reason', 'x'], /either a session or --all/],
    [['web'], /say for how long: --for 1h/],
    [['web', '--for', 'soon', '--reason', 'x'], /--for takes a duration/],
    [['web', '--for', '31d', '--reason', 'x'], /--for takes a time from 1m to 30d/],
    [['web', '--for', '10s', '--reason', 'x'], /--for takes a time from 1m to 30d/],
    [['web', '--for', '1h', '--reason', 'x'.repeat(201)], /at most 200 characters, got 201/],
    [['web', '--for', '1h'], /say why/],
    [['web', '--for', '1h', '--reason', ' '], /say why/],
  ];
  await Promise.all(
    wrong.map(async ([args, message]) => {
      const ran = await runCli(['silence', ...args, '--home', home]);
      t.match(ran, { code: 64, stdout: '', stderr: message }, args.join(' '));
    }),
  );
});

t.test('the silences', async (t) => {
  const remote = { channel: 'telegram', user: '4711', name: 'Ada' } as const;
  const silences = [
    silenceOf(null, { silence: 's5', until: noon + 90_000_000, reason: 'moving\x1b[2J house' }),
    silenceOf('web', { server: 'main', by: { uid: 990, pid: 1, session: null, remote } }),
  ];
  matchesGolden(t, 'silences', silenceTable(silences, noon, terminalOfSize(100)));
});

t.test('without an agent', async (t) => {
  const { home } = makeHome(t);
  const commands = [
    ...[['alerts'], ['alert', 'test'], ['ack'], ['unsilence', 'web'], ['pair'], ['silence']],
    ['silence', 'web', '--for', '1h', '--reason', 'x'],
  ];
  const ran = await Promise.all(commands.map((args) => runCli([...args, '--home', home])));
  for (const { code, stderr } of ran) {
    t.equal(code, 69);
    t.match(stderr, /^holdfast: the agent is not running/);
  }
});
