import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { aDocument, aSession, manySessions } from './document.ts';
import { fetchText, scrape, startExporter } from './exporter-process.ts';
import { readExposition, valuesOf } from './read-exposition.ts';

const anyPort = ['--listen', '127.0.0.1:0'];

/** A state file that says it was written now. */
const setUp = (t: Test) => {
  // Not a directory of tap's own: that goes before what the test started, which still writes there.
  const directory = mkdtempSync(join(tmpdir(), 'hf-exporter-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(join(directory, 'metrics'));
  const state = join(directory, 'state.json');
  const write = (fields: Partial<StatusDocument> = {}): void => {
    const document = aDocument({ writtenAt: Date.now(), ...fields });
    writeFileSync(`${state}.tmp`, JSON.stringify(document));
    renameSync(`${state}.tmp`, state);
  };
  write();
  return { directory, state, write, metrics: join(directory, 'metrics') };
};

const portOf = async (exporter: ReturnType<typeof startExporter>): Promise<number> => {
  const message = await exporter.ready;
  if (!message?.port) throw new Error(`it does not listen: ${(await exporter.exit).stderr}`);
  return message.port;
};

/** Resolves when the file is there and `holds` of its text. */
const fileHolds = async (directory: string, name: string, holds: (text: string) => boolean) => {
  const file = join(directory, name);
  const check = (): boolean => existsSync(file) && holds(readFileSync(file, 'utf8'));
  const watcher = watch(directory);
  try {
    while (!check()) await once(watcher, 'change', { signal: AbortSignal.timeout(60_000) });
  } finally {
    watcher.close();
  }
};

t.test('it serves what the state file says, and what it says next', async (t) => {
  const { state, write } = setUp(t);
  const port = await portOf(startExporter(t, ['--state', state, ...anyPort]));
  t.strictSame(valuesOf(await scrape(port), 'holdfast_sessions_active'), [2]);
  write({ sessions: manySessions(7) });
  t.strictSame(valuesOf(await scrape(port), 'holdfast_sessions_active'), [7]);
  t.match(await fetchText(port, '/healthz'), { status: 200, text: 'ok\n' });
});

t.test('an unusable state file: a metric, one line per episode, no old numbers', async (t) => {
  const { state, write } = setUp(t);
  const exporter = startExporter(t, ['--state', state, ...anyPort]);
  const port = await portOf(exporter);
  const reasonNow = async (): Promise<string[]> => {
    const series = await scrape(port);
    t.equal(
      valuesOf(series, 'holdfast_session_up').length > 0,
      valuesOf(series, 'holdfast_state_readable')[0] === 1,
    );
    const errors = series.filter(({ name, value }) => name === 'holdfast_state_error' && value);
    return errors.map(({ labels }) => labels['reason'] ?? '');
  };
  t.strictSame(await reasonNow(), []);
  rmSync(state);
  for (let i = 0; i < 3; i += 1) t.strictSame(await reasonNow(), ['missing']);
  write({ writtenAt: Date.now() - 61_000 });
  t.strictSame(await reasonNow(), ['stale']);
  writeFileSync(state, readFileSync(state, 'utf8').slice(0, 500));
  t.strictSame(await reasonNow(), ['malformed']);
  writeFileSync(state, '{"schema":2}');
  t.strictSame(await reasonNow(), ['schema']);
  write();
  t.strictSame(await reasonNow(), []);
  await exporter.said(/can be used again/);
  const reasons = exporter.log.map(({ level, reason }) => [level, reason]);
  t.strictSame(reasons, [
    ['warn', 'missing'],
    ['warn', 'stale'],
    ['warn', 'malformed'],
    ['warn', 'schema'],
    ['info', 'schema'],
  ]);
});

t.test('both outputs at once; SIGTERM stops cleanly and takes the textfile away', async (t) => {
  const { state, metrics } = setUp(t);
  const args = ['--state', state, ...anyPort, '--textfile', metrics, '--interval', '100ms'];
  const exporter = startExporter(t, args);
  const port = await portOf(exporter);
  const file = join(metrics, 'holdfast.prom');
  t.equal(statSync(file).mode & 0o777, 0o644);
  const names = (text: string) => new Set(readExposition(text).map(({ name }) => name));
  t.strictSame(names(readFileSync(file, 'utf8')), names((await fetchText(port)).text));
  rmSync(state);
  await fileHolds(metrics, 'holdfast.prom', (text) => text.includes('holdfast_state_readable 0'));
  exporter.child.kill('SIGTERM');
  t.match(await exporter.exit, { code: 0, signal: null, stderr: '' });
  t.notOk(existsSync(file));
});

t.test('it stops while a client holds a connection', async (t) => {
  const { state } = setUp(t);
  const exporter = startExporter(t, ['--state', state, ...anyPort]);
  const client = connect(await portOf(exporter), '127.0.0.1');
  t.teardown(() => client.destroy());
  client.on('error', () => {});
  await once(client, 'connect');
  client.write('GET /metrics HT');
  exporter.child.kill('SIGINT');
  t.match(await exporter.exit, { code: 0 });
});

t.test('it stops when the process that started it is gone', async (t) => {
  const { state } = setUp(t);
  const exporter = startExporter(t, ['--state', state, ...anyPort]);
  await exporter.ready;
  exporter.child.disconnect();
  t.match(await exporter.exit, { code: 0 });
});

t.test('without a parent that listens it works as well', async (t) => {
  const { state, metrics } = setUp(t);
  const program = join(import.meta.dirname, '../../../exporters/prometheus/main.ts');
  const args = [program, '--state', state, '--textfile', metrics];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  await fileHolds(metrics, 'holdfast.prom', (text) => text.includes('holdfast_session_up'));
  child.kill('SIGTERM');
  t.strictSame(await once(child, 'exit'), [0, null]);
});

t.test('the grace of ended sessions', async (t) => {
  const { state, write } = setUp(t);
  const ended = { declared: false, status: 'stopped', endedAt: Date.now() - 30_000 } as const;
  write({ sessions: [aSession(ended)] });
  const short = await portOf(startExporter(t, ['--state', state, ...anyPort, '--grace', '10s']));
  const long = await portOf(startExporter(t, ['--state', state, ...anyPort, '--grace', '1h']));
  t.strictSame(valuesOf(await scrape(short), 'holdfast_session_up'), []);
  t.strictSame(valuesOf(await scrape(long), 'holdfast_session_up'), [0]);
});

t.test(
  'a session that the document no longer lists is shown as ended for the grace time',
  async (t) => {
    const { state, write } = setUp(t);
    const none = await portOf(startExporter(t, ['--state', state, ...anyPort, '--grace', '0s']));
    const long = await portOf(startExporter(t, ['--state', state, ...anyPort]));
    const upOf = async (port: number): Promise<number[]> =>
      valuesOf(await scrape(port), 'holdfast_session_up', { session: 'session-1' });
    write({ sessions: manySessions(2) });
    t.strictSame([await upOf(none), await upOf(long)], [[1], [1]]);
    write({ sessions: manySessions(1) });
    t.strictSame(await upOf(long), [0]);
    t.strictSame((await upOf(none)).filter(Boolean), []);
    write({ sessions: manySessions(2) });
    t.strictSame(await upOf(long), [1], 'and it is back');
  },
);

/** Another program on a port. */
const occupy = async (t: Test) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.teardown(() => other.close());
  await once(other, 'listening');
  return { other, address: `127.0.0.1:${(other.address() as AddressInfo).port}` };
};

t.test('a port in use is one clear line and exit code 69', async (t) => {
  const { state } = setUp(t);
  const { address } = await occupy(t);
  const { exit } = startExporter(t, ['--state', state, '--listen', address]);
  const { code, stderr } = await exit;
  t.equal(code, 69);
  t.equal(
    stderr,
    `holdfast-exporter: cannot listen on ${address}: another program listens there already; stop it or choose another --listen\n`,
  );
});

t.test('with a textfile it goes on, says so, and takes the port when it is free', async (t) => {
  const { state, metrics } = setUp(t);
  const { other, address } = await occupy(t);
  const args = [
    '--state',
    state,
    '--listen',
    address,
    '--textfile',
    metrics,
    '--interval',
    '100ms',
  ];
  const exporter = startExporter(t, args);
  t.match(await exporter.ready, { ready: true, port: null });
  t.match(await exporter.said(/another program listens.*going on with the textfile/), {
    level: 'error',
  });
  await fileHolds(metrics, 'holdfast.prom', (text) =>
    text.includes('holdfast_exporter_listening 0'),
  );
  other.close();
  const { port } = await exporter.said(/listening now/);
  t.strictSame(valuesOf(await scrape(Number(port)), 'holdfast_exporter_listening'), [1]);
});

t.test('a textfile that cannot be written ends it only when it is all there is', async (t) => {
  const { state, directory } = setUp(t);
  const textfile = ['--textfile', join(directory, 'nowhere')];
  const alone = await startExporter(t, ['--state', state, ...textfile]).exit;
  t.equal(alone.code, 73);
  t.match(alone.stderr, /^holdfast-exporter: .*nowhere.*ENOENT\n$/);
  const both = startExporter(t, ['--state', state, ...textfile, ...anyPort]);
  const series = await scrape(await portOf(both));
  t.ok((valuesOf(series, 'holdfast_exporter_textfile_failures_total')[0] ?? 0) >= 1);
  t.match(await both.said(/cannot be written/), { level: 'error', code: 'ENOENT' });
});

t.test('wrong usage is exit code 64 and one line; --help is 0', async (t) => {
  const { exit } = startExporter(t, ['--listen', '0.0.0.0:9798', '--state', '/s']);
  const { code, stderr } = await exit;
  t.equal(code, 64);
  t.match(stderr, /^holdfast-exporter: [^\n]*--listen-public[^\n]*\n$/);
  const help = spawn(process.execPath, [
    join(import.meta.dirname, '../../../exporters/prometheus/main.ts'),
    '--help',
  ]);
  const [text] = await Promise.all([help.stdout.setEncoding('utf8').toArray(), once(help, 'exit')]);
  t.match(text.join(''), /usage: holdfast-exporter --state FILE/);
  t.equal(help.exitCode, 0);
});
