import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import type { LogLevel } from '../../../agent/model/config/config.ts';
import { type PlainLimits, roomy, toPlain } from '../../../agent/tell/plain-value.ts';
import { createEpisodes } from '../../../agent/tell/process-log/episodes.ts';
import { fitLine, maxLineBytes } from '../../../agent/tell/process-log/fit-line.ts';
import {
  createProcessLog,
  type ProcessLog,
  type ProcessLogOptions,
} from '../../../agent/tell/process-log.ts';

const child = join(import.meta.dirname, 'log-child.ts');
const redact = (text: string): string => text.replaceAll('hunter2', '[redacted]');

const parse = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

/** A log into a file, and what it has written so far. */
const openLog = (t: Test, options: Partial<ProcessLogOptions> = {}) => {
  const path = join(t.testdir(), 'stdout');
  const fd = openSync(path, 'a');
  t.teardown(() => closeSync(fd));
  const log: ProcessLog = createProcessLog({
    level: 'info',
    sessionLevels: {},
    redact,
    fd,
    env: {},
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    ...options,
  });
  const text = async (): Promise<string> => {
    await log.flushed();
    return readFileSync(path, 'utf8');
  };
  return { log, text, lines: async () => parse(await text()) };
};

t.test('a line is one object, everything in it redacted', async (t) => {
  const { log, text, lines } = openLog(t);
  log.log('info', 'login with hunter2\nfailed', {
    session: 'bot',
    token: 'hunter2',
    list: ['hunter2', { hunter2: 1 }],
    err: new Error('no hunter2', { cause: new Error('hunter2') }),
    level: 'mine',
  });
  log.child('store').log('warn', 'slow');
  const [line, second] = await lines();
  t.notMatch(await text(), /hunter2/);
  t.match(line, {
    level: 'info',
    time: '2026-01-02T03:04:05.006Z',
    msg: 'login with [redacted]\nfailed',
    session: 'bot',
    token: '[redacted]',
    list: ['[redacted]', { '[redacted]': 1 }],
    err: { name: 'Error', message: 'no [redacted]', stack: /Error: no \[redacted\]\n +at / },
    level_: 'mine',
  });
  t.strictSame(second, {
    level: 'warn',
    time: '2026-01-02T03:04:05.006Z',
    component: 'store',
    msg: 'slow',
  });
});

t.test('levels, general and per session, changed at run time', async (t) => {
  const { log, lines } = openLog(t, { sessionLevels: { loud: 'trace', quiet: 'error' } });
  const tell = (msg: string): void => {
    log.log('debug', `${msg} nobody`);
    for (const session of ['loud', 'quiet', '__proto__']) {
      log.log('debug', `${msg} ${session}`, { session });
      log.child('link').log('warn', `${msg} ${session}`, { session });
    }
  };
  tell('1');
  log.setLevel('warn', 'quiet');
  log.setLevel('debug', '__proto__');
  log.clearLevel('loud');
  t.strictSame(log.levels(), {
    level: 'info',
    sessions: JSON.parse('{"quiet":"warn","__proto__":"debug"}'),
  });
  tell('2');
  log.setLevel('debug');
  tell('3');
  t.strictSame(
    (await lines()).map(({ level, msg }) => `${msg} ${level}`),
    [
      ...['1 loud debug', '1 loud warn', '1 __proto__ warn'],
      ...['2 loud warn', '2 quiet warn', '2 __proto__ debug', '2 __proto__ warn'],
      ...['3 nobody debug', '3 loud debug', '3 loud warn', '3 quiet warn'],
      ...['3 __proto__ debug', '3 __proto__ warn'],
    ],
  );
});

t.test('a line about a session is copied for its own log', async (t) => {
  const copies: string[] = [];
  const { log, text } = openLog(t, { copy: (session, line) => copies.push(session, line) });
  log.log('info', 'about nobody');
  log.log('info', 'about hunter2', { session: 'my hunter2' });
  const own = (await text()).split('\n')[1];
  t.strictSame(copies, ['my hunter2', `${own}\n`], 'by its real name, with the redacted line');
});

t.test('values that JSON cannot hold cannot hurt', async (t) => {
  const circle: Record<string, unknown> = { n: 1n, at: new Date(0), bad: new Date(Number.NaN) };
  circle['self'] = circle;
  const trap = {
    get boom(): never {
      throw new Error('no');
    },
  };
  const { log, lines } = openLog(t, {
    redact: (text) => {
      if (text === 'unlucky') throw new Error('a bug of the redactor');
      return text;
    },
  });
  log.log('info', 'odd', { circle, trap, bytes: Buffer.alloc(7), f() {}, nan: Number.NaN });
  log.log('info', 'unlucky', { msg: 'x', symbol: Symbol('s'), none: undefined, nil: null });
  const [odd, unlucky] = await lines();
  t.match(odd, {
    circle: { n: '1', at: '1970-01-01T00:00:00.000Z', bad: null, self: { self: {} } },
    trap: '[not readable]',
    bytes: '[7 bytes]',
    nan: 'NaN',
  });
  t.match(unlucky, { msg: '[not redactable]', msg_: 'x', symbol: 'Symbol(s)', nil: null });
});

t.test('no line is longer than 16 KiB, and each still parses', async (t) => {
  const { log, text, lines } = openLog(t, { env: {} });
  log.log('info', 'é'.repeat(100_000));
  log.child('store').log('error', 'wide', {
    session: 'bot',
    list: Array.from({ length: 900 }, (_, n) => ({ n, text: 'y'.repeat(n) })),
  });
  log.log('info', '\u0001'.repeat(8000), { ['k'.repeat(5000)]: '\u0002'.repeat(8000) });
  log.log('info', 'fits', { text: 'z'.repeat(8000) });
  for (const line of (await text()).split('\n')) t.ok(Buffer.byteLength(line) < maxLineBytes);
  const [first, second, third, fourth] = await lines();
  t.match(first, { truncated: true, msg: /^é+…$/ });
  t.match(second, { truncated: true, component: 'store', session: 'bot', msg: 'wide' });
  t.match(third, { level: 'info', truncated: true });
  t.notOk(fourth?.['truncated']);
});

t.test('whatever is logged becomes a line that fits', async () => {
  const limits: PlainLimits = { ...roomy, entries: 50 };
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.anything({ withBigInt: true })),
      fc.integer({ min: 2000, max: 5000 }),
      (fields, maxBytes) => {
        const plain = toPlain(fields, (text) => text, limits) as object;
        const padded = { level: 'info', time: 't', ...plain, padding: 'p'.repeat(3000), msg: 'm' };
        const line = fitLine(`${JSON.stringify(padded)}\n`, maxBytes);
        const { level, msg } = JSON.parse(line);
        return Buffer.byteLength(line) <= maxBytes && level === 'info' && msg === 'm';
      },
    ),
  );
});

t.test('a trouble is logged once, and once when it is over', async (t) => {
  const seen: unknown[] = [];
  let now = 1000;
  const log = (level: LogLevel, msg: string, fields = {}) => seen.push({ level, msg, ...fields });
  const logger = { log, child: () => logger };
  const episodes = createEpisodes(logger, () => now);
  episodes.recovered('disk', 'nothing was wrong');
  for (let n = 0; n < 50; n += 1) episodes.failed('disk', 'disk full', { path: '/x' });
  episodes.failed('tmux', 'slow', { level: 'warn' });
  episodes.failed('disk', 'read-only');
  now += 2500;
  episodes.recovered('disk', 'disk is back');
  episodes.failed('disk', 'disk full');
  t.strictSame(seen, [
    { level: 'error', msg: 'disk full', what: 'disk', path: '/x' },
    { level: 'warn', msg: 'slow', what: 'tmux' },
    { level: 'error', msg: 'read-only', what: 'disk' },
    { level: 'info', msg: 'disk is back', what: 'disk', times: 51, afterMs: 2500 },
    { level: 'error', msg: 'disk full', what: 'disk' },
  ]);
  for (let n = 0; n < 1000; n += 1) episodes.failed(`trouble ${n}`, 'x');
  seen.length = 0;
  episodes.recovered('tmux', 'forgotten, for memory has an end');
  t.strictSame(seen, []);
});

/** Runs the child with its stdout in a file that `JOURNAL_STREAM` names, or not. */
const journalLines = (t: Test, journalStream: (fd: number) => string | undefined): string[] => {
  const path = join(t.testdir(), 'stream');
  const fd = openSync(path, 'a');
  const { status } = spawnSync(process.execPath, [child, 'levels'], {
    stdio: ['ignore', fd, 'inherit'],
    env: { ...process.env, JOURNAL_STREAM: journalStream(fd) },
  });
  closeSync(fd);
  t.equal(status, 0);
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
};

const identity = (fd: number): string => {
  const { dev, ino } = fstatSync(fd, { bigint: true });
  return `${dev}:${ino}`;
};

t.test('priorities for the journal', async (t) => {
  const lines = journalLines(t, identity);
  t.strictSame(
    lines.map((line) => line.slice(0, 3)),
    ['<5>', '<5>', '<5>', '<4>', '<3>', '<2>'],
  );
  t.match(JSON.parse(lines[3]?.slice(3) ?? ''), { level: 'warn', msg: 'one warn' });
});

t.test('no priorities where stdout is not the stream that JOURNAL_STREAM names', async (t) => {
  for (const stream of [undefined, '', '1:2', 'nonsense']) {
    t.test(String(stream), async (t) => {
      const lines = journalLines(t, () => stream);
      t.equal(lines.length, 6);
      for (const line of lines) t.match(JSON.parse(line), { msg: /^one / });
    });
  }
  t.test('stderr is the journal, stdout is not', async (t) => {
    t.match(JSON.parse(journalLines(t, () => identity(2))[0] ?? ''), { msg: 'one trace' });
  });
});

/** Far more than any of them takes: one that hangs fails its test instead of all. */
const bounded = { timeout: 10_000, killSignal: 'SIGKILL' } as const;

const outcome = async (process: ReturnType<typeof spawn>) => {
  let stderr = '';
  process.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(process, 'close');
  return { code, stderr };
};

t.test('a reader that goes away kills nobody', async (t) => {
  const process_ = spawn(process.execPath, [child, 'gone'], { stdio: 'pipe', ...bounded });
  const ended = outcome(process_);
  await once(process_.stdout, 'data');
  process_.stdout.destroy();
  await once(process_.stdout, 'close');
  process_.stdin.end('gone');
  t.strictSame(await ended, { code: 0, stderr: 'alive, dropped 1001' });
});

t.test('a closed stdout kills nobody', async (t) => {
  const shell = spawn('sh', ['-c', 'exec "$0" "$1" stalled >&-', process.execPath, child], bounded);
  shell.stdin.end();
  const { code, stderr } = await outcome(shell);
  t.equal(code, 0);
  t.match(stderr, /^alive/);
});

t.test('a reader that stops reading delays neither the work nor the end', async (t) => {
  const path = join(t.testdir(), 'fifo');
  t.equal(spawnSync('mkfifo', [path]).status, 0);
  await using pipe = await open(path, 'r+');
  const process_ = spawn(process.execPath, [child, 'stalled'], {
    stdio: ['pipe', pipe.fd, 'pipe'],
    ...bounded,
  });
  const ended = outcome(process_);
  // More than its first line: now it is busy writing what the pipe has no room for.
  let text = '';
  while (text.length < 10_000) {
    const { buffer, bytesRead } = await pipe.read({ length: 4096 });
    text += buffer.toString('utf8', 0, bytesRead);
  }
  process_.stdin?.end();
  const { code, stderr } = await ended;
  t.equal(code, 0);
  t.match(stderr, /^alive, dropped [1-9]\d{3}$/);
  t.match(JSON.parse(text.split('\n')[0] ?? ''), { level: 'info' });
});

t.test('a full disk under stdout costs lines, not the process', async (t) => {
  const fd = openSync('/dev/full', 'w');
  t.teardown(() => closeSync(fd));
  const { log } = openLog(t, { fd });
  log.log('info', 'one');
  await log.flushed();
  log.log('info', 'two');
  await log.flushed();
  t.equal(log.dropped(), 2);
});
