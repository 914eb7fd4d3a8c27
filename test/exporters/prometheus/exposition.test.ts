import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { validateMetricName } from 'prom-client';
import t from 'tap';
import { causes } from '../../../agent/model/events/incident.ts';
import type { AgentStatus } from '../../../agent/model/status/agent-status.ts';
import type { BotStatus } from '../../../agent/model/status/bot-status.ts';
import type { WitnessStatus } from '../../../agent/model/status/evidence-status.ts';
import type { NotifierStatus } from '../../../agent/model/status/notifier-status.ts';
import type { SessionStatus } from '../../../agent/model/status/session-status.ts';
import { collector } from '../../../exporters/prometheus/collector.ts';
import { botLines, maxBotSeries } from '../../../exporters/prometheus/collectors/bot-lines.ts';
import { maxSessionSeries } from '../../../exporters/prometheus/collectors/session-lines.ts';
import { collectors } from '../../../exporters/prometheus/collectors.ts';
import { Exposition } from '../../../exporters/prometheus/exposition.ts';
import { single } from '../../../exporters/prometheus/family.ts';
import { frameFamilies } from '../../../exporters/prometheus/frame.ts';
import { labelValue, maxLabelLength } from '../../../exporters/prometheus/label.ts';
import type { SessionLine } from '../../../exporters/prometheus/state/document.ts';
import { stateErrors } from '../../../exporters/prometheus/state/reading.ts';
import { aBot, aDocument, aNotifier, aSession, aUnit, fixedNow, manySessions } from './document.ts';
import { readExposition, type Series, valuesOf } from './read-exposition.ts';
import { noFile, readingOf, viewOf } from './view.ts';

/** A clock that stands still, so that durations are 0. */
const stopped = () => 0;

const render = async (view = viewOf()): Promise<string> =>
  (await new Exposition(collectors, stopped).render(view)).text;

const scrape = async (view = viewOf()): Promise<Series[]> => readExposition(await render(view));

const scrapeSessions = (sessions: SessionStatus[]): Promise<Series[]> =>
  scrape(viewOf(readingOf(aDocument({ sessions }))));

const seriesKey = ({ name, labels }: Series): string => JSON.stringify([name, labels]);

const promtoolMissing =
  spawnSync('promtool', ['--version']).error !== undefined &&
  'promtool is not installed (package prometheus)';

const lint = (text: string): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
};

/** Compares with a file; UPDATE_GOLDEN=1 writes it. */
const golden = (name: string, text: string): string => {
  const file = join(import.meta.dirname, 'golden', name);
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, text);
  return readFileSync(file, 'utf8');
};

t.test('the text of a fixed document', async (t) => {
  const text = await render();
  t.equal(text, golden('document.prom', text));
});

t.test('the text without a state file', async (t) => {
  const text = await render(viewOf(noFile));
  t.equal(text, golden('no-state.prom', text));
});

t.test('promtool finds nothing to complain about', { skip: promtoolMissing }, async (t) => {
  for (const view of [viewOf(), viewOf(noFile)]) {
    t.strictSame(lint(await render(view)), { status: 0, output: '' });
  }
  t.not(lint('# HELP a_total x\n# TYPE a_total gauge\na_total 1\n').status, 0, 'it would');
});

t.test('names and types follow the rules', async (t) => {
  const families = [...collectors.flatMap(({ families }) => families), ...frameFamilies];
  const names = families.map(({ name }) => name);
  t.equal(new Set(names).size, names.length, 'each once');
  for (const { name, type, help } of families) {
    t.ok(validateMetricName(name) && name.startsWith('holdfast_'), name);
    t.equal(name.endsWith('_total'), type === 'counter', `${name}: _total is for counters`);
    t.match(help, /^[A-Z].*\.$/, `${name} has a sentence`);
  }
});

t.test('every family of a full document has a series with the labels it names', async (t) => {
  const series = await scrape();
  for (const { name, labels, type } of collectors.flatMap(({ families }) => families)) {
    const first = series.find((one) => one.name === (type === 'histogram' ? `${name}_sum` : name));
    t.strictSame(Object.keys(first?.labels ?? { missing: '' }), labels, name);
  }
});

t.test('families and the series of sessions are sorted', async (t) => {
  const text = await render(viewOf(readingOf(aDocument({ sessions: manySessions(20).reverse() }))));
  const families = text.match(/^# TYPE \S+/gm) ?? [];
  t.strictSame(families, families.toSorted());
  const up = text.match(/^holdfast_session_up\{.*$/gm) ?? [];
  t.equal(up.length, 20);
  t.strictSame(up, up.toSorted());
});

t.test('counters are the totals of the document', async (t) => {
  const series = await scrape();
  t.strictSame(valuesOf(series, 'holdfast_sessions_created_total'), [11]);
  t.strictSame(valuesOf(series, 'holdfast_sessions_died_total', { cause: 'program-exit' }), [3]);
  t.equal(valuesOf(series, 'holdfast_sessions_died_total').length, causes.length, 'all from 0');
  t.strictSame(valuesOf(series, 'holdfast_deaths_awaiting_verdict'), [1]);
  const certain = { cause: 'program-exit', confidence: 'certain' };
  t.strictSame(valuesOf(series, 'holdfast_verdicts_total', certain), [2]);
  t.strictSame(valuesOf(series, 'holdfast_verdicts_named_total'), [1]);
  t.strictSame(valuesOf(series, 'holdfast_sessions_restarts_total', { reason: 'died' }), [4]);
  t.strictSame(
    valuesOf(series, 'holdfast_actions_total', { kind: 'session.create', outcome: 'failed' }),
    [1],
  );
});

t.test('the lifetime histogram is cumulative and ends at its count', async (t) => {
  const name = 'holdfast_sessions_lifetime_seconds';
  const series = await scrape();
  t.strictSame(valuesOf(series, `${name}_bucket`), [1, 1, 3, 3, 6, 8]);
  t.strictSame(valuesOf(series, `${name}_bucket`, { le: '+Inf' }), [8]);
  t.strictSame(valuesOf(series, `${name}_sum`), [12_345.5]);
  t.strictSame(valuesOf(series, `${name}_count`), [8]);
});

t.test('a server nobody can tell about is neither up nor down', async (t) => {
  const series = await scrape();
  t.strictSame(valuesOf(series, 'holdfast_server_up', { server: 'main' }), [1]);
  t.strictSame(valuesOf(series, 'holdfast_server_up', { server: 'old' }), [1], 'hung is up');
  t.strictSame(valuesOf(series, 'holdfast_server_hung', { server: 'old' }), [1]);
  t.strictSame(valuesOf(series, 'holdfast_server_up', { server: 'gone' }), []);
  t.strictSame(
    valuesOf(series, 'holdfast_server_status', { server: 'gone', status: 'unknown' }),
    [1],
  );
});

t.test('the series of an ended session stay for the grace time', async (t) => {
  const up = async (fields: Partial<SessionStatus>): Promise<number[]> =>
    valuesOf(await scrapeSessions([aSession(fields)]), 'holdfast_session_up');
  const ended = { declared: false, status: 'stopped' } as const;
  t.strictSame(await up({ ...ended, endedAt: fixedNow - 300_000 }), [0], 'just within');
  t.strictSame(await up({ ...ended, endedAt: fixedNow - 300_001 }), [], 'past it');
  t.strictSame(
    await up({ status: 'dead', endedAt: fixedNow - 999_999_999 }),
    [0],
    'a declared session is missed for as long as it is gone',
  );
});

t.test('a session that is not up has no memory, processor, panes, uptime', async (t) => {
  const series = await scrapeSessions([aSession({ status: 'dead' })]);
  const own = series.filter(({ name }) => /^holdfast_session_[a-z_]+$/.test(name));
  const names = new Set(own.filter(({ labels }) => labels['session']).map(({ name }) => name));
  t.strictSame([...names].sort(), [
    'holdfast_session_breaker',
    'holdfast_session_deaths_total',
    'holdfast_session_declared',
    'holdfast_session_restarts',
    'holdfast_session_up',
  ]);
});

t.test('past the limit of sessions the important ones stay, and the rest is counted', async (t) => {
  const undeclared = manySessions(maxSessionSeries).map((one) => ({ ...one, declared: false }));
  const declared = aSession({ session: 'zz-declared', createdAt: 0 });
  const series = await scrapeSessions([...undeclared, declared, aSession({ session: 'zz-2' })]);
  t.equal(valuesOf(series, 'holdfast_session_up').length, maxSessionSeries);
  t.equal(valuesOf(series, 'holdfast_session_up', { session: 'zz-declared' }).length, 1);
  t.strictSame(valuesOf(series, 'holdfast_session_series_omitted', { reason: 'limit' }), [2]);
  t.strictSame(valuesOf(series, 'holdfast_sessions_active'), [maxSessionSeries + 2]);
});

t.test('of two sessions with one name on one server the living one has the series', async (t) => {
  const dead = aSession({ status: 'dead' });
  const elsewhere = aSession({ server: 'old' });
  const series = await scrapeSessions([dead, aSession({ panes: 7 }), elsewhere]);
  t.strictSame(valuesOf(series, 'holdfast_session_up'), [1, 1]);
  t.strictSame(valuesOf(series, 'holdfast_session_panes', { server: 'main' }), [7]);
  const omitted = valuesOf(series, 'holdfast_session_series_omitted', { reason: 'duplicate-name' });
  t.strictSame(omitted, [1]);
});

t.test('while the state cannot be used its series are gone and the reason shows', async (t) => {
  const fresh = await scrape();
  for (const reason of stateErrors) {
    const state = { ...readingOf(aDocument()), document: null, error: { reason, detail: '' } };
    const series = await scrape(viewOf(state));
    const kept = series.filter(
      ({ name }) => !/^holdfast_(exporter|state|agent_heartbeat)_/.test(name),
    );
    t.strictSame(kept, [], reason);
    t.strictSame(valuesOf(series, 'holdfast_state_readable'), [0]);
    t.strictSame(valuesOf(series, 'holdfast_state_error', { reason }), [1]);
    t.equal(
      valuesOf(series, 'holdfast_state_error').reduce((a, b) => a + b),
      1,
    );
    t.strictSame(valuesOf(series, 'holdfast_agent_heartbeat_age_seconds'), [2]);
  }
  t.strictSame(valuesOf(fresh, 'holdfast_state_readable'), [1]);
  t.ok(valuesOf(fresh, 'holdfast_state_error').every((value) => value === 0));
});

t.test('a configuration that was refused', async (t) => {
  const refusedIn = async (refused?: AgentStatus['refused']) => {
    const { refused: _, ...agent } = aDocument().agent;
    const told = refused === undefined ? {} : { refused };
    const series = await scrape(viewOf(readingOf(aDocument({ agent: { ...agent, ...told } }))));
    return valuesOf(series, 'holdfast_config_refused');
  };
  t.strictSame(await refusedIn({ at: fixedNow, problems: 2, first: 'sessions.bot: no' }), [1]);
  t.strictSame(await refusedIn(null), [0]);
  t.strictSame(await refusedIn(), [], 'an agent that does not say it');
});

t.test('what the notifier says of itself, while it says it', async (t) => {
  const name = (rest: string): string => `holdfast_notifier_${rest}`;
  const series = await scrape();
  const chat = { channel: 'telegram:4711' };
  t.strictSame(valuesOf(series, name('up')), [1]);
  t.strictSame(valuesOf(series, name('queued_messages'), chat), [3]);
  t.strictSame(
    valuesOf(series, name('oldest_queued_age_seconds')),
    [30],
    'absent where none waits',
  );
  t.strictSame(valuesOf(series, name('channel_status'), { ...chat, status: 'waiting' }), [1]);
  t.strictSame(valuesOf(series, name('suppressed_total'), { reason: 'silenced' }), [4]);
  t.strictSame(valuesOf(series, name('alerts_firing'), { severity: 'warning' }), [2]);
  t.strictSame(valuesOf(series, name('telegram_updates_age_seconds')), [10]);
  t.strictSame(valuesOf(series, name('deadman_status'), { status: 'ok' }), [1]);
  t.strictSame(valuesOf(series, 'holdfast_silences'), [1]);

  const kept = async (notifier: NotifierStatus | null): Promise<string[]> => {
    const found = await scrape(viewOf(readingOf(aDocument({ notifier }))));
    t.strictSame(valuesOf(found, name('up')), [0]);
    return found.map((one) => one.name).filter((one) => /^holdfast_notifier_/.test(one));
  };
  t.strictSame(await kept(aNotifier({ reportedAt: fixedNow - 62_001 })), [
    ...[name('report_timestamp_seconds'), name('up')],
  ]);
  t.strictSame(await kept(null), [name('up')]);
  const plain = await scrape(
    viewOf(readingOf(aDocument({ notifier: aNotifier({ telegram: null, deadman: null }) }))),
  );
  t.strictSame(
    plain.filter((one) => /telegram_|deadman_/.test(one.name)),
    [],
  );
});

t.test('whether the witness sees', async (t) => {
  const at = (more: Partial<WitnessStatus>) => {
    const { witness } = aDocument();
    if (!witness) throw new Error('the sample has a witness');
    return scrape(viewOf(readingOf(aDocument({ witness: { ...witness, ...more } }))));
  };
  const seen = await at({});
  t.strictSame(valuesOf(seen, 'holdfast_witness_up'), [1]);
  t.strictSame(valuesOf(seen, 'holdfast_witness_realtime'), [1]);
  t.strictSame(valuesOf(seen, 'holdfast_witness_lost_events_total'), [7]);
  const blind = await at({ state: 'blind', why: 'switched off', realTime: false });
  t.strictSame(valuesOf(blind, 'holdfast_witness_up'), [0]);
  t.strictSame(valuesOf(blind, 'holdfast_witness_realtime'), [0]);
  const gone = await at({ state: 'absent', method: null, realTime: null, since: null });
  t.strictSame(valuesOf(gone, 'holdfast_witness_up'), [0]);
  t.strictSame(valuesOf(gone, 'holdfast_witness_realtime'), [], 'nobody says');

  const { witness: _, totals, ...older } = aDocument();
  const { verdicts: __, verdictsNamed: ___, ...counts } = totals;
  const before = await scrape(viewOf(readingOf({ ...older, totals: counts })));
  t.strictSame(valuesOf(before, 'holdfast_witness_up'), [], 'an agent of an older release');
  t.strictSame(valuesOf(before, 'holdfast_verdicts_named_total'), []);
  t.strictSame(valuesOf(before, 'holdfast_sessions_created_total'), [11]);
});

t.test('what bots say, as far as they say it', async (t) => {
  const silent = aBot({
    ...{ bot: 'b', state: 'lost', heardAt: null, pid: null, startedAt: null, in: null, out: null },
    ...{ reconnects: null, errors: null, login: null },
  });
  const loud = aBot({ out: { count: 5, lastAt: null } });
  const sessions = [aSession({ bots: [loud, silent, silent] })];
  const series = await scrape(viewOf(readingOf(aDocument({ sessions }))));
  const values = (name: string) => valuesOf(series, `holdfast_bot_${name}`);
  t.strictSame(values('connection_state'), [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  t.strictSame(values('needs'), [0, 0, 0], 'of one that is lost nobody knows');
  t.strictSame(values('messages_received_total'), [4]);
  t.strictSame(values('messages_sent_total'), [5]);
  t.strictSame(values('last_received_timestamp_seconds'), [(fixedNow - 8000) / 1000]);
  t.strictSame(values('last_sent_timestamp_seconds'), []);
  t.strictSame(values('reconnects_total'), [2]);
  t.strictSame(values('errors_total'), [3]);
  const [age = 0] = values('heartbeat_age_seconds');
  t.ok(age >= 9);
  t.strictSame(values('login_expires_timestamp_seconds'), [(fixedNow + 1000) / 1000]);
  t.equal(values('login_age_seconds').length, 1);
  t.strictSame(valuesOf(series, 'holdfast_heartbeats_total'), [7]);
  t.strictSame(valuesOf(series, 'holdfast_heartbeats_refused_total'), [1, 2]);
  const { heartbeats: _, ...before } = aDocument({ sessions: [aSession()] });
  const older = await scrape(viewOf(readingOf(before)));
  t.same(
    older.filter(({ name }) => /_bot_|_heartbeats_/.test(name)),
    [],
  );
});

t.test('what bots need', async (t) => {
  const { needs: _, ...older } = aBot({ bot: 'of an older release' });
  const bots = [aBot({ state: 'needs-login', needs: 'code' }), older as BotStatus];
  const series = await scrape(viewOf(readingOf(aDocument({ sessions: [aSession({ bots })] }))));
  const needs = series.filter(({ name }) => name === 'holdfast_bot_needs');
  t.strictSame(
    needs.map(({ labels, value }) => [labels['bot'], labels['kind'], value]),
    [
      ['', 'qr', 0],
      ['', 'code', 1],
      ['', 'login', 0],
    ],
  );
});

t.test('declared units, and their bots beside those of sessions', async (t) => {
  const down = aUnit({
    ...{ name: 'down', status: 'failed', startedAt: null, restarts: null, breaker: 'open' },
    ...{ rssBytes: null, cpu: null, health: null },
  });
  const unknown = aUnit({ name: 'new', status: 'unknown', health: null });
  const units = [aUnit({ bots: [aBot()] }), down, unknown, aUnit()];
  const series = await scrape(viewOf(readingOf(aDocument({ units, sessions: [] }))));
  const values = (name: string) => valuesOf(series, `holdfast_unit_${name}`);
  t.strictSame(values('up'), [1, 0], 'one that was not looked at yet is neither');
  t.equal(values('status').filter((value) => value === 1).length, 3);
  t.strictSame(values('deaths_total'), [2, 2, 2]);
  t.strictSame(values('systemd_restarts'), [3, 3]);
  t.strictSame(values('health_restarts'), [1, 1, 1]);
  t.strictSame(values('suspended'), [0, 1, 0]);
  t.strictSame(values('memory_bytes'), [50_000_000, 50_000_000]);
  t.strictSame(values('cpu_ratio'), [0.25, 0.25]);
  t.equal(values('start_timestamp_seconds').length, 2);
  t.strictSame(values('health'), [0, 1, 0, 0, 0]);
  const bots = series.filter(({ name }) => name === 'holdfast_bot_errors_total');
  t.match(bots, [{ labels: { session: 'gateway', server: 'systemd.system' } }]);
  const { units: _, ...before } = aDocument();
  const older = await scrape(viewOf(readingOf(before)));
  t.same(
    older.filter(({ name }) => name.startsWith('holdfast_unit_')),
    [],
  );
});

t.test('the series of bots are bounded', async (t) => {
  const bots = Array.from({ length: 600 }, (_, n) => ({ bot: `b${n}`, state: 'ready' }));
  const sessions = [{ ...aSession(), bots }] as unknown as SessionLine[];
  t.equal(botLines(sessions, fixedNow).length, maxBotSeries);
});

t.test('an agent of an older release knows of no notifier', async (t) => {
  const { notifier: _, silences: __, ...older } = aDocument();
  const series = await scrape(viewOf(readingOf(older)));
  t.strictSame(valuesOf(series, 'holdfast_notifier_up'), []);
  t.strictSame(valuesOf(series, 'holdfast_silences'), []);
});

t.test('the journal has no series where nothing is sent to it, or nobody says so', async (t) => {
  const of = (status: 'ok' | 'degraded' | 'off' | null) => {
    const { journal: _, ...agent } = aDocument().agent;
    const journal = status && { journal: { status, code: '', sent: 3, dropped: 1 } };
    return scrape(viewOf(readingOf(aDocument({ agent: { ...agent, ...journal } }))));
  };
  const read = async (status: Parameters<typeof of>[0]) => {
    const series = await of(status);
    return ['degraded', 'entries_total', 'dropped_entries_total'].flatMap((name) =>
      valuesOf(series, `holdfast_journal_${name}`),
    );
  };
  t.strictSame(await read('ok'), [0, 3, 1]);
  t.strictSame(await read('degraded'), [1, 3, 1]);
  t.strictSame(await read('off'), []);
  t.strictSame(await read(null), []);
});

t.test('a collector that fails takes no other with it', async (t) => {
  const failing = collector({
    name: 'failing',
    about: '',
    input: () => ({}),
    families: [
      { name: 'holdfast_a', type: 'gauge', help: 'A.', labels: [], samples: () => single(1) },
      {
        name: 'holdfast_b',
        type: 'gauge',
        help: 'B.',
        labels: [],
        samples: () => {
          throw new Error('broken');
        },
      },
    ],
  });
  const { text, runs } = await new Exposition([failing, ...collectors], stopped).render(viewOf());
  const series = readExposition(text);
  const success = 'holdfast_exporter_collector_success';
  t.strictSame(valuesOf(series, success, { collector: 'failing' }), [0]);
  t.strictSame(valuesOf(series, success, { collector: 'session' }), [1]);
  t.strictSame(valuesOf(series, 'holdfast_a'), [], 'nothing of it is shown by halves');
  t.equal(valuesOf(series, 'holdfast_session_up').length, 4);
  t.match(runs[0], { collector: 'failing', error: { message: 'broken' } });
  t.throws(() => new Exposition([failing, failing]), /already been registered/);
});

t.test('renders at the same time do not mix', async (t) => {
  const exposition = new Exposition(collectors, stopped);
  const [full, none] = await Promise.all([
    exposition.render(viewOf()),
    exposition.render(viewOf(noFile)),
  ]);
  t.equal(full.text, await render());
  t.equal(none.text, await render(viewOf(noFile)));
});

/** Any string at all: lone surrogates, quotes, control characters, up to twice the limit. */
const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '}', '{', ',', '=', '\r', '\0', ' ') }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 900 })
    .map((units) => String.fromCharCode(...units)),
);

t.test(
  'any name of a session arrives whole or bounded, and no series is given twice',
  async (t) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyName, { minLength: 1, maxLength: 8 }), async (names) => {
        const series = await scrapeSessions(names.map((session) => aSession({ session })));
        const shown = series.filter(({ name }) => name === 'holdfast_session_up');
        const expected = new Set(names.map((name) => labelValue(name)));
        assert.deepEqual(new Set(shown.map(({ labels }) => labels['session'])), expected);
        assert.equal(new Set(series.map(seriesKey)).size, series.length);
        for (const value of series.flatMap(({ labels }) => Object.values(labels))) {
          assert.ok(value.length <= maxLabelLength && value.isWellFormed());
        }
      }),
      { numRuns: 150 },
    );
    t.pass('150 lists of names');
  },
);

t.test('label values are kept as they are up to the limit', async (t) => {
  const long = '\u{1f600}'.repeat(200);
  t.equal(labelValue(long), long, '200 characters, of two units each');
  const [a, b] = [labelValue(`${long}a`), labelValue(`${long}b`)];
  t.ok(a.length <= maxLabelLength && a.isWellFormed());
  t.not(a, b, 'long names that begin alike stay apart');
  t.equal(labelValue('a\ud800b'), 'a\ufffdb');
});

t.test('promtool accepts hostile names', { skip: promtoolMissing }, async (t) => {
  const names = fc.sample(anyName, { numRuns: 300, seed: 1 });
  const sessions = names.map((session) => aSession({ session }));
  const document = aDocument({
    sessions,
    totals: {
      ...aDocument().totals,
      decisions: Object.fromEntries(names.map((name) => [name, 1])),
      actions: Object.fromEntries(names.map((name) => [name, 1])),
    },
  });
  t.strictSame(lint(await render(viewOf(readingOf(document)))), { status: 0, output: '' });
});

t.test('a counter of very many reasons is bounded and keeps its sum', async (t) => {
  const decisions = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`reason-${i}`, 2]));
  const document = aDocument({ totals: { ...aDocument().totals, decisions } });
  const values = valuesOf(await scrape(viewOf(readingOf(document))), 'holdfast_decisions_total');
  t.equal(values.length, 101);
  t.equal(
    values.reduce((a, b) => a + b),
    1000,
  );
});
