import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import t, { type Test } from 'tap';
import { nextWait } from '../../../agent/cli/up/backoff.ts';
import { type ChildHandlers, superviseChild } from '../../../agent/cli/up/child.ts';
import { openChildLog } from '../../../agent/cli/up/child-log.ts';
import { displayFor } from '../../../agent/cli/up/display.ts';
import { createSettling } from '../../../agent/cli/up/first-findings.ts';
import { liveLines } from '../../../agent/cli/up/live-lines.ts';
import { notableLine } from '../../../agent/cli/up/log-line.ts';
import { eventNote, foundNotes, supervisingNote } from '../../../agent/cli/up/notes.ts';
import { programFile } from '../../../agent/cli/up/programs.ts';
import { createRegion } from '../../../agent/cli/up/region.ts';
import { stopChildren } from '../../../agent/cli/up/stop.ts';
import { refuseRunningAgent, takeLock } from '../../../agent/cli/up/up-lock.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import { startFakeAgent } from './fake-agent.ts';
import { matchesGolden, terminalOfSize } from './golden.ts';
import { deathOf, downSession, eventOf, killed, noon, sessionOf, statusOf } from './sample.ts';

process.env['TZ'] = 'UTC';

const directoryFor = (t: Test): string => {
  const directory = mkdtempSync(join(tmpdir(), 'hfc-parts-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

t.test('waits double up to five seconds, and begin anew after a long life', async (t) => {
  const waits: number[] = [];
  for (let wait: number | null = null; waits.length < 8; waits.push(wait))
    wait = nextWait(wait, 50);
  t.same(waits, [100, 200, 400, 800, 1600, 3200, 5000, 5000]);
  t.equal(nextWait(5000, 30_000), 100);
});

/** A program of a few lines, supervised; what the supervisor was told comes as events in order. */
const supervise = (t: Test, script: string) => {
  const directory = directoryFor(t);
  const file = join(directory, 'program.mjs');
  writeFileSync(file, script);
  const told: string[] = [];
  const changed = new PassThrough({ objectMode: true });
  const tell = (what: string): void => {
    told.push(what);
    changed.write(what);
  };
  const handlers: ChildHandlers = {
    onReady: () => tell('ready'),
    onNotable: (line) => tell(`says ${line}`),
    onDied: (how, wait) => tell(`died ${how} ${wait}`),
  };
  const log = new PassThrough();
  let logged = '';
  log.on('data', (chunk) => {
    logged += chunk;
  });
  const args = ['an argument'];
  const child = superviseChild({ name: 'link', file, args, env: process.env, log }, handlers);
  t.teardown(async () => {
    const gone = child.stop();
    child.kill();
    await gone;
  });
  const until = async (what: string): Promise<void> => {
    while (!told.includes(what)) await once(changed, 'data');
  };
  return { child, told, until, logged: () => logged, directory };
};

const stay = 'setInterval(() => {}, 1e6); process.on("disconnect", () => process.exit());';

t.test('a child is ready when it says so, and dead when it is', async (t) => {
  const running = supervise(
    t,
    `import { existsSync, writeFileSync } from 'node:fs';
     const mark = import.meta.dirname + '/second';
     console.log(JSON.stringify({ level: 'info', msg: 'hello', args: process.argv.slice(2), flags: process.execArgv }));
     console.log(JSON.stringify({ level: 'warn', msg: 'odd', err: { message: 'because' } }));
     console.error('a crash');
     if (!existsSync(mark)) { writeFileSync(mark, ''); process.exitCode = 3; process.disconnect(); }
     else { process.send({ ready: true }); ${stay} }`,
  );
  await running.until('ready');
  t.ok(running.told.includes('died exit code 3 100'));
  t.ok(running.told.includes('says odd: because'));
  t.ok(running.told.includes('says a crash'));
  t.match(
    running.logged(),
    /"msg":"hello","args":\["an argument"\],"flags":\["--max-semi-space-size=1","--no-opt",/,
  );
  t.notOk(
    running.told.some((what) => what.includes('hello')),
    'what is ordinary is in the log only',
  );
  t.type(running.child.pid, 'number');
  await running.child.stop();
  t.equal(running.child.pid, null);
  t.equal(running.told.filter((what) => what.startsWith('died')).length, 1, 'a stop is no death');
});

t.test('what cannot even start is tried again, and can be stopped in between', async (t) => {
  const running = supervise(t, 'this is no program');
  await running.until('died exit code 1 200');
  await running.child.stop();
  t.ok(running.told.some((what) => what.includes('SyntaxError')));
});

t.test('children stop in order; who does not go is killed', async (t) => {
  const polite = supervise(
    t,
    `process.send({ ready: true }); ${stay} process.on('SIGTERM', () => process.exit());`,
  );
  const stubborn = supervise(
    t,
    `process.on('SIGTERM', () => {}); process.send({ ready: true }); ${stay}`,
  );
  await Promise.all([polite.until('ready'), stubborn.until('ready')]);
  const hurry = new AbortController();
  const stopped = stopChildren([polite.child, stubborn.child], performance.now(), hurry.signal);
  while (polite.child.pid !== null) await new Promise((resolve) => setImmediate(resolve));
  t.not(stubborn.child.pid, null, 'the second is not asked before the first is gone');
  hurry.abort();
  await stopped;
  t.equal(stubborn.child.pid, null);
  const late = supervise(
    t,
    `process.on('SIGTERM', () => {}); process.send({ ready: true }); ${stay}`,
  );
  await late.until('ready');
  await stopChildren([late.child], performance.now() - 3990, new AbortController().signal);
  t.equal(late.child.pid, null, 'time is up');
});

t.test('the lines of a child that a person should see', async (t) => {
  t.equal(notableLine('{"level":"info","msg":"x"}'), null);
  t.equal(notableLine('{"level":30,"msg":"x"}'), null);
  t.equal(
    notableLine('{"level":"error","msg":"cannot write","err":{"message":"full"}}'),
    'cannot write: full',
  );
  t.equal(notableLine('{"level":50,"msg":"x","reason":"y"}'), 'x: y');
  t.equal(notableLine('{"level":"fatal"}'), 'trouble');
  t.equal(notableLine('{"level":"warn","msg":"same","message":"same"}'), 'same');
  t.equal(notableLine('Error: crash'), 'Error: crash');
  t.equal(notableLine('12'), '12');
  t.equal(notableLine('  '), null);
});

t.test('the log of a child is private, goes on, and does not grow for ever', async (t) => {
  const file = join(directoryFor(t), 'log/link.log');
  const write = async (text: string): Promise<void> => {
    const log = openChildLog(file);
    log.end(text);
    await once(log, 'close');
  };
  await write('one\n');
  await write('two\n');
  t.equal(readFileSync(file, 'utf8'), 'one\ntwo\n');
  t.equal(statSync(file).mode & 0o777, 0o600);
  writeFileSync(file, 'x'.repeat(5 * 1024 * 1024 + 1));
  await write('three\n');
  t.equal(readFileSync(file, 'utf8'), 'three\n');
  t.ok(existsSync(`${file}.1`));
});

t.test('one up per home', async (t) => {
  const file = join(directoryFor(t), 'up.lock');
  const release = takeLock(file, '/h');
  t.throws(() => takeLock(file, '/h'), {
    code: 'already-up',
    message: new RegExp(`pid ${process.pid}`),
  });
  release();
  t.notOk(existsSync(file));
  const stale = [
    JSON.stringify({ pid: process.pid, startTime: 1 }),
    JSON.stringify({ pid: 4_194_305, startTime: 1 }),
    'not JSON',
    '',
    'null',
  ];
  for (const text of stale) {
    writeFileSync(file, text);
    takeLock(file, '/h')();
    t.notOk(existsSync(file), `taken over: ${text}`);
  }
});

t.test('an agent that runs by itself is in the way, too', async (t) => {
  const agent = await startFakeAgent(t, { version: () => ({ version: '1', schema: 1, pid: 55 }) });
  const refused = refuseRunningAgent(agent.paths.agentSocket, agent.home);
  await t.rejects(refused, { code: 'already-up', message: /agent pid 55/ });
  const deaf = await startFakeAgent(t, {
    version: () => {
      throw new RequestFailure('busy', 'busy');
    },
  });
  await t.rejects(refuseRunningAgent(deaf.paths.agentSocket, deaf.home), { code: 'already-up' });
  await t.resolves(refuseRunningAgent('/nonexistent/agent.sock', '/h'));
});

t.test('the start is over when nothing new comes, or after some seconds', async (t) => {
  const complete = statusOf({ sessions: [sessionOf('a')] });
  const waiting = statusOf({ sessions: [downSession('a', 'waiting')] });
  const unlinked = statusOf({ links: [] });
  const settled = createSettling();
  t.notOk(settled(100, unlinked));
  t.notOk(settled(200, waiting));
  t.notOk(settled(300, complete), 'seen just now');
  t.notOk(settled(600, complete));
  t.ok(settled(700, complete));
  t.ok(settled(800, waiting), 'once');
  const slow = createSettling();
  t.notOk(slow(20_000, waiting), 'an agent that is long in coming takes no time from the others');
  t.notOk(slow(27_999, waiting));
  t.ok(slow(28_000, waiting));
});

t.test('what is found is said', async (t) => {
  const document = statusOf();
  t.same(
    foundNotes(document).map(({ text }) => text),
    ['found 1 session on default, watching'],
  );
  t.equal(supervisingNote(document).text, 'supervising 2 sessions on 1 server');
});

t.test('what is worth a line, and what is not', async (t) => {
  const birth = {
    ...{ life: 'l', server: 'main', instance: { pid: 1, startTime: 1 }, session: 'bot' },
    ...{ tmuxId: '$1', tmuxName: 'bot', declared: true, createdAt: noon, panes: [], group: '' },
    ...{ command: 'x', found: 'created' as const },
  };
  const started = eventOf(1, 'supervision.started', birth);
  t.equal(eventNote(started, true), null, 'summed up at the start');
  t.match(eventNote(started, false), { text: 'bot: is up on main', style: 'green' });
  t.match(eventNote(eventOf(1, 'supervision.started', { ...birth, found: 'existing' }), false), {
    text: 'bot: is there on main',
  });
  t.match(eventNote(eventOf(1, 'session.died', deathOf('bot')), true), {
    text: /^bot: died after/,
  });
  t.match(eventNote(eventOf(1, 'verdict.reached', { incident: '7', verdict: killed }), false), {
    text: /^incident 7: signal, certain/,
  });
  const confirming = { incident: '7', verdict: killed, confirms: true } as const;
  t.equal(eventNote(eventOf(1, 'verdict.reached', confirming), false), null, 'no news');
  const target = { server: 'main', session: "o'dd", life: null };
  const decided = (decision: string) =>
    eventOf(1, 'decision.made', { decision, reason: 'too-many', target });
  t.equal(eventNote(decided('recover'), false), null);
  t.match(eventNote(decided('suspend'), false), {
    text: /not brought back any more \(too-many\)/,
  });
  t.equal(eventNote(eventOf(1, 'action.done', { action: 'a', settled: 'reported' }), false), null);
});

t.test('the live lines', async (t) => {
  matchesGolden(t, 'live', liveLines(statusOf(), noon, terminalOfSize(80, 24)));
  const down = Array.from({ length: 5 }, (_, i) => downSession(`s${i}`, 'waiting'));
  const { agent } = statusOf();
  const document = statusOf({ sessions: down, agent: { ...agent, startedAt: noon - 1000 } });
  const lines = liveLines(document, noon, terminalOfSize(40, 24));
  t.same(lines.slice(4, 8), ['s0 is waiting', 's1 is waiting', 's2 is waiting', 'and 2 more']);
  t.ok(lines.every((line) => line.length < 40));
  const second = liveLines(document, noon + 1000, terminalOfSize(40, 24));
  t.same(second, lines, 'a second later nothing is redrawn');
});

t.test('the region is erased by as many rows as it takes', async (t) => {
  const terminal = { ...terminalOfSize(20, 10), columns: 20, rows: 10 };
  let written = '';
  const region = createRegion({
    ...terminal,
    write: (text) => {
      written += text;
    },
  });
  region.show(['one', 'two']);
  region.above(['first']);
  t.equal(written, '\r\x1b[Jfirst\none\ntwo\n');
  written = '';
  region.above(['second']);
  t.equal(written, '\x1b[2A\r\x1b[Jsecond\none\ntwo\n');
  written = '';
  region.show(['one', 'three']);
  t.equal(written, '', 'not at once');
  region.close();
  t.equal(written, '\x1b[2A\r\x1b[Jone\nthree\n');
  written = '';
  region.show(['one', 'three']);
  region.close();
  t.equal(written, '', 'nothing new, nothing drawn');
});

t.test('a narrower terminal wraps what was drawn, and a low one is not overrun', async (t) => {
  let columns = 20;
  let written = '';
  const region = createRegion({
    ...{
      isTerminal: true,
      rows: 5,
      paint: (_: unknown, text: string) => text,
      line: () => undefined,
    },
    get columns() {
      return columns;
    },
    write: (text) => {
      written += text;
    },
  });
  region.show(['0123456789012345', 'b', 'c', 'd', 'e']);
  region.above(['x']);
  t.match(written, /x\n0123456789012345\nb\nc\n$/, 'two rows stay free');
  columns = 8;
  written = '';
  region.above(['y']);
  t.ok(written.startsWith('\x1b[4A'), 'the first line takes two rows now');
});

t.test('three displays', async (t) => {
  const note = {
    kind: 'event',
    text: 'bot\x1b[2J died',
    style: 'red',
    fields: { event: { seq: 1 } },
  } as const;
  const said = (columns: number, json: boolean): string => {
    const terminal = terminalOfSize(columns, 24);
    const display = displayFor(terminal, json, () => noon);
    display.show(['live']);
    display.say(note);
    display.close();
    return terminal.text();
  };
  t.equal(said(Number.POSITIVE_INFINITY, false), '2026-11-20 14:03:22  bot died\n');
  t.equal(said(40, false), '\r\x1b[J14:03:22  bot died\nlive\n');
  t.equal(said(15, false), '\r\x1b[J14:03:22  bot\n          died\nlive\n', 'nothing is cut');
  t.same(JSON.parse(said(40, true)), {
    schema: 1,
    at: noon,
    kind: 'event',
    text: 'bot\x1b[2J died',
    event: { seq: 1 },
  });
});

t.test('the programs beside us', async (t) => {
  t.equal(
    programFile('link', { filename: '/d/holdfast.js', dirname: '/d' }),
    '/d/holdfast-link.js',
  );
  for (const name of ['agent', 'link', 'exporter', 'notifier'] as const)
    t.ok(existsSync(programFile(name)), name);
});
