import t from 'tap';
import { widthOf } from '../../../agent/cli/view/width.ts';
import { whenDied } from '../../../agent/cli/why/interval.ts';
import { type WhySubject, whyPage } from '../../../agent/cli/why/page.ts';
import { causes } from '../../../agent/model/events/incident.ts';
import type { UnitEvents } from '../../../agent/model/events/unit.ts';
import { headline } from '../../../agent/model/text/cause-text.ts';
import { unitsServer } from '../../../agent/model/unit-state.ts';
import { wrote } from '../model/unit-sample.ts';
import { matchesGolden, terminalOfSize } from './golden.ts';
import { deathOf, eventOf, killed, noon, reportOf } from './sample.ts';

process.env['TZ'] = 'UTC';

const screen = [
  '$ npm run deploy',
  'deploying…',
  '  1 of 12',
  '',
  'uploading 7 of 12',
  '',
  '',
].join('\n');
const subjectOf = (more: Partial<WhySubject> = {}): WhySubject => ({
  report: reportOf(),
  session: null,
  screens: new Map([['b'.repeat(64), screen]]),
  ...more,
});

const later = noon + 180_000;

t.test('the page of one death', async (t) => {
  const subject = subjectOf();
  matchesGolden(t, 'why', whyPage(subject, later, terminalOfSize(100, 40)));
  matchesGolden(t, 'why-colour', whyPage(subject, later, terminalOfSize(100, 40, true)));
  matchesGolden(t, 'why-40', whyPage(subject, later, terminalOfSize(40, 30)));
});

t.test('it fits a small terminal, in width and in height', async (t) => {
  const long = Array.from({ length: 200 }, (_, i) => `line ${i} ${'x'.repeat(100)}`).join('\n');
  const subject = subjectOf({ screens: new Map([['b'.repeat(64), long]]) });
  for (const [columns, rows] of [
    [80, 24],
    [60, 30],
    [132, 50],
  ] as const) {
    const lines = whyPage(subject, later, terminalOfSize(columns, rows));
    t.ok(lines.length < rows, `${lines.length} of ${rows} rows`);
    t.ok(
      lines.every((line) => widthOf(line) <= columns),
      `${columns} columns`,
    );
  }
});

const several = ['bot', 'web', 'voice'].map((session, i) =>
  deathOf(session, {
    ...{ life: `boot/100-1/$${i}`, ageMs: 60_000 * (i + 1), alive: 0, serverState: 'dead' },
    exit: null,
    others: ['bot', 'web', 'voice'].filter((other) => other !== session),
  }),
);

t.test('seven sessions, one cause', async (t) => {
  const verdict = {
    ...killed,
    ...({ scope: 'server', confidence: 'possible', signal: null } as const),
    summary:
      'the tmux server "main" was killed without a goodbye, by a signal it cannot catch or by a crash of its own; 3 sessions ended with it',
  };
  const report = reportOf(several, verdict);
  matchesGolden(t, 'why-several', whyPage(subjectOf({ report }), later, terminalOfSize(90, 40)));
  const [, , , ...rest] = whyPage(
    subjectOf({ report, session: 'voice' }),
    later,
    terminalOfSize(90),
  );
  const title = rest.indexOf('voice');
  t.ok(title > 0, 'the session asked for is the one shown in full');
  t.match(rest[title + 1], /lived +3m/);
});

t.test('deaths that the report leaves out are counted', async (t) => {
  const report = reportOf([deathOf('bot', { others: [] }), deathOf('api', { others: [] })]);
  const lives = Array.from({ length: 300 }, (_, i) => `l${i}`);
  const large = { ...report, incident: { ...report.incident, lives }, more: true };
  const page = whyPage(subjectOf({ report: large }), later, terminalOfSize(100, 40));
  t.match(page.join('\n'), /and 298 more: /);
});

t.test('who knows of it is said', async (t) => {
  const report = reportOf();
  const remote = { channel: 'telegram', user: '4711', name: 'Ada\x1b[31m' } as const;
  const by = { uid: 990, pid: 4250, session: null, remote };
  report.incident.acknowledged = { at: noon + 60_000, by };
  const page = whyPage(subjectOf({ report }), later, terminalOfSize(100, 40));
  t.equal(page[2], 'acknowledged by Ada (telegram 4711), 2m ago');
  report.incident.acknowledged.by = { uid: 1000, pid: 5, session: 'web' };
  const other = whyPage(subjectOf({ report }), later, terminalOfSize(100, 40));
  t.equal(other[2], 'acknowledged by uid 1000 from session web, 2m ago');
});

t.test('a death nobody saw has an interval and no verdict is no cause', async (t) => {
  const death = deathOf('bot', {
    ...{ lastSeen: noon - 3_600_000, watched: 'agent-down', exit: null, usage: null, host: null },
    ...{ screens: [], panes: [], lastCommand: { text: '', source: 'not known' } },
  });
  const report = reportOf([death], null);
  matchesGolden(t, 'why-unseen', whyPage(subjectOf({ report }), later, terminalOfSize(100, 40)));
});

t.test('what Holdfast did not do, could not do, or has not done yet', async (t) => {
  const target = { server: 'main', session: 'bot', life: null };
  const request = { kind: 'session.create', target, reason: 'died' } as const;
  const { incident, events } = reportOf();
  const page = (more: typeof events): string =>
    whyPage(
      subjectOf({
        report: {
          incident,
          events: [...events.slice(0, 1), ...more],
          more: false,
          preceded: [],
          pattern: null,
        },
      }),
      later,
      terminalOfSize(100),
    )
      .slice(-3)
      .join('\n');
  t.match(page([]), /nothing: it is not declared, or not to be brought back/);
  const requested = eventOf(2, 'action.requested', { ...request, action: 'a' });
  t.match(page([requested]), /session\.create bot: not settled yet/);
  const failed = eventOf(3, 'action.failed', { action: 'a', code: 'tmux', message: 'no space' });
  t.match(page([requested, failed]), /session\.create bot: failed: no space/);
  const lost = eventOf(3, 'action.lost', { action: 'a', why: 'the agent was killed' });
  t.match(page([requested, lost]), /session\.create bot: lost: the agent was killed/);
});

t.test('a server that died alone', async (t) => {
  const report = reportOf([]);
  const [first] = whyPage(subjectOf({ report }), later, terminalOfSize(100));
  t.equal(first, 'the tmux server main died: killed by SIGKILL');
});

t.test('the screen: the tail where the whole one is gone, none where it was empty', async (t) => {
  const page = (screens: Map<string, string>): string =>
    whyPage(subjectOf({ screens }), later, terminalOfSize(100)).join('\n');
  t.match(page(new Map()), /uploading 7 of 12/);
  t.notMatch(page(new Map([['b'.repeat(64), '  \n \n']])), /last screen/);
});

t.test('a hostile program cannot write over its own obituary', async (t) => {
  const evil = '\x1b[1A\x1b[2Kall is well\x07\r\u202e';
  const death = deathOf(`bot${evil}`, {
    panes: [{ ...{ id: '%1', pid: 5, startTime: 1, command: evil, historyLines: 0 }, exit: null }],
    lastCommand: { text: evil, source: 'foreground' },
    others: [evil],
  });
  const verdict = {
    ...killed,
    summary: evil,
    missing: [evil],
    evidence: [{ at: noon, source: evil, text: evil }],
  };
  const subject = subjectOf({
    report: reportOf([death, deathOf(evil)], verdict),
    screens: new Map([['b'.repeat(64), evil]]),
  });
  const lines = whyPage(subject, later, terminalOfSize(80));
  for (const line of lines) t.notMatch(line, /[\x00-\x1f\x7f-\x9f\u202e]/);
});

t.test('every cause has a headline of its own', async (t) => {
  const { incident } = reportOf();
  const headlines = causes.map((cause) =>
    headline({ ...incident, verdict: { ...killed, cause, exitStatus: 3 } }),
  );
  t.equal(new Set(headlines).size, causes.length);
  t.ok(headlines.every((text) => text.startsWith('bot died: ')));
  t.match(headline({ ...incident, verdict: { ...killed, signal: null } }), /killed by a signal/);
  t.match(
    headline({ ...incident, verdict: { ...killed, cause: 'program-exit', exitStatus: null } }),
    /its program exited$/,
  );
});

t.test('when: an instant if it was seen, an interval if not', async (t) => {
  const seen = { lastSeen: noon - 1500, found: noon };
  t.equal(whenDied(noon, [seen], noon + 60_000), 'at 14:03:22 (1m ago)');
  const unseen = { lastSeen: noon - 60_000, found: noon };
  t.equal(whenDied(noon, [seen, unseen], noon), 'between 14:02:22 and 14:03:22 (now)');
});

t.test('a unit of systemd', async (t) => {
  const unit = deathOf('gateway', {
    ...{ life: 'unit:0', server: unitsServer, tmuxId: '', alive: 0 },
    ...{ unit: { name: 'telegram-gateway.service', result: 'signal' }, others: ['voice'] },
    ...{ lastCommand: { text: '', source: 'not known' }, screens: [] },
    panes: [{ id: 'main', pid: 812, startTime: 7, command: '', exit: null, historyLines: 0 }],
  });
  const known = reportOf([unit], { ...killed, summary: 'SIGKILL to "gateway" from pid 900' });
  const report = { ...known, incident: { ...known.incident, server: unitsServer } };
  const page = (output?: UnitEvents['unit.output'], columns = 90, rows = 40, screens = none) => {
    const said = output ? [eventOf(9, 'unit.output', { ...output, life: 'unit:0' })] : [];
    const events = [...report.events, ...said];
    const subject = subjectOf({ report: { ...report, events }, screens });
    return whyPage(subject, later, terminalOfSize(columns, rows));
  };
  const none: ReadonlyMap<string, string> = new Map();
  matchesGolden(t, 'why-unit', page());
  const tail = ['listening on 8080', 'Error: connect ECONNREFUSED', '    at connect (net.js:9)'];
  const { output, ...rest } = wrote(tail.join('\n'));
  const said = { ...rest, output: output && { ...output, takenAt: noon - 1500 } };
  matchesGolden(t, 'why-unit-lines', page(said));
  const whole = new Map([[String(output?.blob), ['12 before', 'more', ...tail].join('\n')]]);
  t.match(page(said, 90, 40, whole).join('\n'), /│ 12 before .*\n.*│ more /);
  t.ok(page(said, 80, 24, whole).length < 24);
  const why = 'they could not be read: it took longer than 3000 ms';
  matchesGolden(t, 'why-unit-unread', page({ ...rest, output: null, why }));
});
