import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import t from 'tap';
import { readAll, readNewest } from '../../../agent/cli/frame/read-events.ts';
import type { Event } from '../../../agent/model/event.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import { connect } from '../../../agent/protocol/client.ts';
import { wrote } from '../model/unit-sample.ts';
import { makeHome, readsFrom, startFakeAgent } from './fake-agent.ts';
import { mainFile, plainEnv, runCli } from './run-cli.ts';
import { deathOf, eventOf, noon, reportOf, statusOf } from './sample.ts';

const answers = { status: () => statusOf() };

t.test('status', async (t) => {
  const { home } = await startFakeAgent(t, answers);
  const [text, json] = await Promise.all([
    runCli(['status', '--home', home]),
    runCli(['status', '--json'], { env: { HOLDFAST_HOME: home } }),
  ]);
  t.match(text, { code: 0, stderr: '', stdout: /^holdfast 0\.1\.0 · supervising 3 sessions/ });
  t.notMatch(text.stdout, /\x1b/, 'no colours in a pipe');
  t.equal(json.code, 0);
  t.same(JSON.parse(json.stdout), { ...statusOf(), source: 'agent' });
});

t.test('sessions', async (t) => {
  const { home } = await startFakeAgent(t, answers);
  const [text, json, names] = await Promise.all([
    runCli(['sessions', '--home', home]),
    runCli(['sessions', '--home', home, '--json']),
    runCli(['sessions', '--home', home, '--names']),
  ]);
  t.match(text.stdout, /^SESSION .*\ngateway .*dead/);
  t.match(JSON.parse(json.stdout), { schema: 1, source: 'agent', sessions: statusOf().sessions });
  t.equal(names.stdout, 'web\n日本語のボット\ngateway\nnotes\n');
});

t.test('incidents, newest first', async (t) => {
  const { incident } = reportOf();
  const incidents = [
    { ...incident, incident: '1', openedAt: noon - 5000 },
    { ...incident, incident: '2', verdict: null },
  ];
  const { home, calls } = await startFakeAgent(t, { incidents: () => ({ incidents }) });
  const [text, json] = await Promise.all([
    runCli(['incidents', '--home', home, '--limit', '5']),
    runCli(['incidents', '--home', home, '--json']),
  ]);
  t.match(text.stdout, / 2 .*not yet known[\s\S]* 1 .*signal/);
  const found = JSON.parse(json.stdout);
  t.same(Object.keys(found), ['schema', 'source', 'incidents']);
  t.match(found.incidents[0], { incident: '2', cause: '', confidence: '', summary: '' });
  t.match(found.incidents[1], { incident: '1', cause: 'signal', at: noon - 5000 });
  t.ok(calls.some(({ params }) => (params as { limit: number }).limit === 5));
});

t.test('without an agent the state file speaks, and says how old it is', async (t) => {
  const { home, paths } = makeHome(t);
  const writtenAt = Date.now() - 180_000;
  writeFileSync(paths.stateFile, JSON.stringify(statusOf({ writtenAt })));
  const run = (...args: string[]) => runCli([...args, '--home', home]);
  const [status, sessions, incidents, json, events] = await Promise.all([
    run('status'),
    run('sessions'),
    run('incidents'),
    run('status', '--json'),
    run('events'),
  ]);
  const warning =
    /^holdfast: the agent is not running \(no answer on .*\); start it with: holdfast up --home .*; what follows is state\.json, written 3m ago\n$/;
  for (const ran of [status, sessions, incidents, json])
    t.match(ran, { code: 69, stderr: warning });
  t.match(status.stdout, /^holdfast 0\.1\.0 · not running · as of 3m/);
  t.match(sessions.stdout, /gateway/);
  t.match(incidents.stdout, /signal \(likely\)/);
  t.match(JSON.parse(json.stdout), { schema: 1, source: 'state.json', writtenAt });
  t.match(events, {
    code: 69,
    stdout: '',
    stderr: /^holdfast: the agent is not running[^;]*; start it with[^;]*\n$/,
  });
});

t.test('an agent that breaks off is as good as none', async (t) => {
  const agent = await startFakeAgent(t, {
    status: () => {
      agent.drop();
      return statusOf();
    },
  });
  writeFileSync(agent.paths.stateFile, JSON.stringify(statusOf({ writtenAt: Date.now() - 5000 })));
  const ran = await runCli(['status', '--home', agent.home]);
  t.match(ran, {
    code: 69,
    stdout: /not running/,
    stderr: /the connection closed; what follows is state\.json/,
  });
});

t.test('a state file that cannot be used is said, not guessed from', async (t) => {
  const { home, paths } = makeHome(t);
  const status = async (text: string | null) => {
    if (text !== null) writeFileSync(paths.stateFile, text);
    return runCli(['status', '--home', home]);
  };
  t.match(await status(null), { code: 69, stdout: '', stderr: /start it with: holdfast up/ });
  const broken: [string, RegExp][] = [
    ['{"schema":1,', /it is not JSON/],
    ['null', /it is not an object/],
    [JSON.stringify({ ...statusOf(), schema: 2 }), /its schema is 2, and 1 is known/],
    [JSON.stringify({ ...statusOf(), sessions: 'none' }), /parts of it are missing/],
  ];
  for (const [text, message] of broken) {
    t.match(await status(text), { code: 69, stdout: '', stderr: message }, text.slice(0, 20));
  }
});

t.test('why: the newest, by session, by incident, and what is not known', async (t) => {
  const { home, calls } = await startFakeAgent(t, {
    incident: ({ id, session }) => {
      const unknown = session !== undefined && session !== 'bot';
      if (unknown || (id !== undefined && id !== '7')) {
        throw new RequestFailure('unknown-incident', `no incident is known for "${session ?? id}"`);
      }
      return reportOf();
    },
    'screen.read': ({ blob }) => {
      if (blob !== 'b'.repeat(64)) throw new RequestFailure('unknown-screen', 'gone');
      return { text: 'the whole screen\n' };
    },
  });
  const run = (...args: string[]) => runCli(['why', ...args, '--home', home]);
  const [newest, bySession, byId, json, evidence, unknown] = await Promise.all([
    run(),
    run('bot'),
    run('7'),
    run('--json'),
    run('bot', '--evidence'),
    run('nobody'),
  ]);
  t.match(newest, { code: 0, stdout: /^bot died: killed by SIGKILL\n[\s\S]*the whole screen/ });
  t.equal(bySession.code, 0);
  t.equal(byId.code, 0);
  t.match(JSON.parse(json.stdout), {
    schema: 1,
    incident: '7',
    deaths: [{ session: 'bot' }],
    events: [{ type: 'session.died' }],
  });
  t.equal(evidence.code, 0);
  t.match(evidence.stdout, /^bot died: killed by SIGKILL\n[\s\S]*the whole screen/);
  t.match(unknown, {
    code: 1,
    stdout: '',
    stderr: 'holdfast: no incident is known for "nobody"\n',
  });
  const asked = calls.filter(({ method }) => method === 'incident').map(({ params }) => params);
  t.ok(asked.some((params) => (params as { id?: string }).id === '7'));
});

const longLog = (count: number): Event[] =>
  Array.from({ length: count }, (_, i) =>
    eventOf(i + 1, 'session.undeclared', { session: i % 1000 === 0 ? 'rare' : 'usual' }, noon + i),
  );

t.test('events: the newest, all since a time, of one session, as lines of JSON', async (t) => {
  const log = longLog(2500);
  const { home } = await startFakeAgent(t, { 'events.read': readsFrom(log) });
  const run = (...args: string[]) => runCli(['events', ...args, '--home', home]);
  const since = new Date(noon + 400).toISOString();
  const [usual, limited, all, rare, none, wrong] = await Promise.all([
    run(),
    run('--limit', '3', '--json'),
    run('--since', since, '--json'),
    run('--session', 'rare', '--json'),
    run('--type', 'session.died'),
    run('--limit', 'many'),
  ]);
  const seqs = (stdout: string): number[] =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).seq);
  t.equal(usual.stdout.trimEnd().split('\n').length, 50);
  t.same(seqs(limited.stdout), [2498, 2499, 2500], 'the newest, oldest first');
  t.same(
    seqs(all.stdout),
    log.slice(400).map(({ seq }) => seq),
    'across pages, none twice',
  );
  t.same(seqs(rare.stdout), [1, 1001, 2001], 'found in windows further and further back');
  t.match(none, { code: 0, stdout: '' });
  t.match(wrong, { code: 64, stderr: /--limit takes a whole number/ });
});

t.test('events are read in pages whatever the agent gives', async (t) => {
  const log = longLog(4200);
  const { paths } = await startFakeAgent(t, { 'events.read': readsFrom(log) });
  const client = await connect(paths.agentSocket);
  t.teardown(() => client.close());
  const seen: number[] = [];
  const head = await readAll(client, {}, (page) => seen.push(...page.map(({ seq }) => seq)));
  t.equal(head, 4200);
  t.same(
    seen,
    log.map(({ seq }) => seq),
  );
  const newest = await readNewest(client, { session: 'rare' }, 2);
  t.same(
    newest.events.map(({ seq }) => seq),
    [3001, 4001],
  );
  t.same((await readNewest(client, { session: 'nobody' }, 2)).events, []);
});

t.test('a short page is not the end', async (t) => {
  const log = longLog(2500);
  const { paths } = await startFakeAgent(t, { 'events.read': readsFrom(log, 130) });
  const client = await connect(paths.agentSocket);
  t.teardown(() => client.close());
  const seen: number[] = [];
  await readAll(client, {}, (page) => seen.push(...page.map(({ seq }) => seq)));
  t.same(
    seen,
    log.map(({ seq }) => seq),
  );
  const newest = await readNewest(client, {}, 1200);
  t.same(
    newest.events.map(({ seq }) => seq),
    seen.slice(-1200),
  );
});

t.test('events with screens: the whole one, or the tail where it is gone', async (t) => {
  const log = [
    eventOf(1, 'session.died', deathOf('bot')),
    eventOf(2, 'unit.output', wrote('a tail')),
    eventOf(3, 'unit.output', { ...wrote(''), output: null, why: 'there are none' }),
  ];
  const texts = new Map([['b'.repeat(64), 'whole\x1b[2J screen\n']]);
  const { home } = await startFakeAgent(t, {
    'events.read': readsFrom(log),
    'screen.read': ({ blob }) => {
      const text = texts.get(blob);
      if (text === undefined) throw new RequestFailure('unknown-screen', 'gone');
      return { text };
    },
  });
  const run = (...args: string[]) => runCli(['events', '--screens', ...args, '--home', home]);
  const [text, json, without] = await Promise.all([
    run(),
    run('--json'),
    runCli(['events', '--json', '--home', home]),
  ]);
  t.match(text.stdout, /┌ last screen of %3 ─*┐\n {2}│ whole screen +│/);
  t.match(
    text.stdout,
    /last lines of telegram-gateway\.service: 1 kept\n {2}┌ last lines ─*┐\n {2}│ a tail +│/,
  );
  t.match(text.stdout, /last lines of \S+: there are none\n$/);
  const printed = (stdout: string) =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  t.match(
    printed(json.stdout).map(({ screens }) => screens),
    [
      [{ pane: '%3', text: 'whole\x1b[2J screen\n' }],
      [{ pane: 'main', text: 'a tail' }],
      undefined,
    ],
  );
  t.same(printed(without.stdout), log, 'exactly the events as the log has them');
  texts.clear();
  t.match((await run()).stdout, /uploading 7 of 12/);
});

t.test('events --follow goes on, also when the agent was away', async (t) => {
  const first = eventOf(1, 'session.undeclared', { session: 'bot' });
  const agent = await startFakeAgent(t, { 'events.read': readsFrom([first]) });
  const args = ['events', '--follow', '--json', '--session', 'bot', '--home', agent.home];
  const child = spawn(process.execPath, [mainFile, ...args], { env: plainEnv() });
  t.teardown(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const warnings = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  const nextSeq = async (): Promise<number> => JSON.parse((await lines.next()).value ?? '').seq;
  const subscribed = async (count: number): Promise<unknown> => {
    for (;;) {
      const found = agent.calls.filter(({ method }) => method === 'events.subscribe');
      if (found.length >= count) return found.at(-1)?.params;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  t.equal(await nextSeq(), 1);
  t.match(await subscribed(1), { after: 1 });
  agent.tell(eventOf(2, 'session.undeclared', { session: 'another' }));
  agent.tell(eventOf(3, 'session.undeclared', { session: 'bot' }));
  t.equal(await nextSeq(), 3, 'only what was asked for');
  agent.drop();
  t.match((await warnings.next()).value, /the agent went away; waiting for it/);
  t.match(await subscribed(2), { after: 3 }, 'from where it stopped');
  agent.tell(eventOf(4, 'session.undeclared', { session: 'bot' }));
  t.equal(await nextSeq(), 4);
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  t.same(await exit, [null, 'SIGINT']);
});

t.test('a reader that has seen enough is no error', async (t) => {
  const { home } = await startFakeAgent(t, { 'events.read': readsFrom(longLog(20_000)) });
  const args = ['events', '--since', '3650d', '--home', home];
  const child = spawn(process.execPath, [mainFile, ...args], { env: plainEnv() });
  child.stdout.once('data', () => child.stdout.destroy());
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  t.equal(code, 0);
  t.equal(stderr, '');
});
