import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { createEventLines } from '../../../agent/tell/event-line.ts';
import { sessionFileName } from '../../../agent/tell/session-file-name.ts';
import {
  createSessionLogs,
  type SessionLogsOptions,
  sessionsOf,
} from '../../../agent/tell/session-logs.ts';
import { watchHealth } from './health-watch.ts';
import { readLog, renamed, sequence } from './sample-events.ts';
import { mountSmallDisk, onSmallDisk } from './small-disk.ts';

const openLogs = (directory: string, options: Partial<SessionLogsOptions> = {}) => {
  const watch = watchHealth();
  const redact = (text: string): string => text.replaceAll('hunter2', '[redacted]');
  const logs = createSessionLogs(directory, {
    lineOf: createEventLines(redact),
    retryMs: 20,
    onHealth: watch.onHealth,
    ...options,
  });
  return { logs, watch };
};

const sequences = (...paths: string[]): unknown[] => readLog(...paths).map((line) => line['seq']);

/** Descriptors of this process that are open on files below `directory`. */
const openBelow = (directory: string): number =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(directory);
    } catch {
      return false;
    }
  }).length;

t.test('file names', async (t) => {
  for (const safe of ['demo-1', 'Übung', 'a.b', '会话', '_x', 'बॉट']) {
    t.equal(sessionFileName(safe), `${safe}.log`);
  }
  for (const unsafe of [
    '',
    '.',
    '..',
    'a/b',
    '../x',
    '-rf',
    '.x',
    'a b',
    'a~b',
    'a\0',
    '\u202eb',
  ]) {
    t.match(sessionFileName(unsafe), /^[^./~ -][^/~ \0]*~[0-9a-f]{16}\.log$|^~[0-9a-f]{16}\.log$/);
  }
  t.not(sessionFileName('\ud800'), sessionFileName('\ud801'), 'lone surrogates differ');
  const long = sessionFileName('é'.repeat(200));
  t.match(long, /^é+~[0-9a-f]{16}\.log$/);
  t.equal(sessionFileName('x'.repeat(190)), `${'x'.repeat(190)}.log`);
});

t.test('any two names have two files, each a safe one', async () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 250 }),
    fc.string({ unit: fc.constantFrom('a', 'b', '_', '/', ' ', '.', '~', '-'), maxLength: 4 }),
  );
  fc.assert(
    fc.property(name, name, (a, b) => {
      const file = sessionFileName(a);
      const safe = !/[/\0\p{Cc}\s]/u.test(file) && !/^[.-]/.test(file);
      return (
        safe && Buffer.byteLength(`${file}.1`) <= 200 && (a === b) === (file === sessionFileName(b))
      );
    }),
    { numRuns: 2000 },
  );
});

t.test('which sessions an event is about', async (t) => {
  const base = { seq: 1, v: 1 as const, at: 0, trace: '' };
  t.strictSame(sessionsOf(renamed(1, 'bot')), ['bot']);
  t.strictSame(
    sessionsOf({
      ...base,
      type: 'incident.opened',
      data: { incident: 'i', server: 's', lives: [], sessions: ['a', 'b'] },
    }),
    ['a', 'b'],
  );
  const target = { server: 's', session: 'bot', life: null };
  const action = { action: 'x', kind: 'session.kill' as const, reason: 'asked' };
  t.strictSame(sessionsOf({ ...base, type: 'action.requested', data: { ...action, target } }), [
    'bot',
  ]);
  const server = { ...target, session: null };
  t.strictSame(
    sessionsOf({ ...base, type: 'action.requested', data: { ...action, target: server } }),
    [],
  );
  t.strictSame(sessionsOf({ ...base, type: 'agent.stopping', data: { reason: 'signal' } }), []);
  const by = { uid: 0, pid: 1, session: null };
  const silenced = (session: string | null) =>
    sessionsOf({
      ...{ ...base, type: 'alert.silenced' as const },
      data: { silence: 's1', session, until: 1, reason: '', by },
    });
  t.strictSame([silenced('bot'), silenced(null)], [['bot'], []], 'one of everything is of none');
});

t.test('events and lines of a session, redacted, in its own file', async (t) => {
  const directory = join(t.testdir(), 'sessions');
  const { logs } = openLogs(directory);
  logs.event(renamed(1, 'a', 'hunter2'));
  logs.line('a', '{"msg":"seen"}\n');
  logs.event(renamed(2, 'ignored'), ['b', 'c/d']);
  await logs.close();
  t.strictSame(readLog(join(directory, 'a.log')), [
    { time: '2026-01-02T03:04:05.000Z', ...renamed(1, 'a', '[redacted]') },
    { msg: 'seen' },
  ]);
  t.strictSame(readdirSync(directory).sort(), ['a.log', 'b.log', sessionFileName('c/d')].sort());
});

t.test('100 sessions, at most 16 open, nothing lost', async (t) => {
  const directory = t.testdir();
  const { logs } = openLogs(directory);
  let most = 0;
  for (const seq of sequence(1, 20)) {
    for (const session of sequence(1, 100)) logs.event(renamed(seq, `s${session}`));
    const flushed = logs.flushed();
    most = Math.max(most, openBelow(directory));
    await flushed;
    most = Math.max(most, openBelow(directory));
  }
  t.equal(most, 16);
  await logs.close();
  t.equal(openBelow(directory), 0, 'and none after the end');
  for (const session of sequence(1, 100)) {
    t.strictSame(sequences(join(directory, `s${session}.log`)), sequence(1, 20));
  }
});

t.test('each session is bounded: the newest file and the one before', async (t) => {
  const directory = t.testdir();
  const { logs } = openLogs(directory, { maxBytes: 5000 });
  for (const seq of sequence(1, 200)) {
    logs.event(renamed(seq, 'bot', 'y'.repeat(300)));
    if (seq % 4 === 0) await logs.flushed();
  }
  await logs.close();
  t.strictSame(readdirSync(directory).sort(), ['bot.log', 'bot.log.1']);
  const [older, newer] = [join(directory, 'bot.log.1'), join(directory, 'bot.log')];
  t.ok(statSync(older).size <= 5000 && statSync(newer).size <= 5000);
  const left = sequences(older, newer);
  t.strictSame(left, sequence(Number(left[0]), 200));
});

t.test('one session whose file cannot be written does not hold up the others', async (t) => {
  const directory = t.testdir();
  mkdirSync(join(directory, 'bad.log'));
  const { logs, watch } = openLogs(directory);
  for (const seq of sequence(1, 1000)) {
    logs.event(renamed(seq, 'bad', 'y'.repeat(1000)));
    logs.event(renamed(seq, 'good'));
    if (seq % 100 === 0) await logs.flushed();
  }
  t.equal((await watch.until('degraded')).code, 'EISDIR');
  await logs.flushed();
  t.strictSame(sequences(join(directory, 'good.log')), sequence(1, 1000));
  logs.line('bad', '{"short":"and yet not before what is missing"}\n');
  const { dropped } = logs.health();
  t.ok(dropped > 900 && dropped < 1000, 'its share of the memory is bounded');
  rmdirSync(join(directory, 'bad.log'));
  await watch.until('ok');
  await logs.close();
  const lines = readLog(join(directory, 'bad.log'));
  t.equal(lines.at(-1)?.['dropped'], dropped);
  t.equal(lines.length, 1001 - dropped + 1);
  t.notOk(lines.some((line) => 'short' in line));
});

t.test('a removed directory comes back', async (t) => {
  const directory = join(t.testdir(), 'sessions');
  const { logs, watch } = openLogs(directory);
  logs.event(renamed(1, 'bot'));
  await logs.flushed();
  rmSync(directory, { recursive: true });
  logs.event(renamed(2, 'bot'));
  await logs.flushed();
  t.strictSame(sequences(join(directory, 'bot.log')), [2]);
  t.strictSame(watch.seen, []);
  await logs.close();
});

t.test('a full disk: whole lines only, nothing lost once there is room', onSmallDisk, async (t) => {
  const disk = mountSmallDisk(t, '256k');
  const { logs, watch } = openLogs(disk.path);
  const last = new Map([1, 2, 3].map((session) => [`s${session}`, 0]));
  const write = (session: string): void => {
    const seq = (last.get(session) ?? 0) + 1;
    last.set(session, seq);
    logs.event(renamed(seq, session, 'z'.repeat(900)));
  };
  for (const session of last.keys()) write(session);
  await logs.flushed();
  disk.fill();
  while (watch.seen.length === 0) {
    for (const session of last.keys()) write(session);
    await logs.flushed();
  }
  t.equal(watch.seen[0]?.code, 'ENOSPC');
  for (const session of last.keys()) {
    const there = sequences(join(disk.path, `${session}.log`));
    t.strictSame(there, sequence(1, there.length), 'what is there is whole');
  }
  disk.free();
  await watch.until('ok');
  await logs.close();
  for (const [session, seq] of last) {
    t.strictSame(sequences(join(disk.path, `${session}.log`)), sequence(1, seq));
  }
  t.equal(logs.health().dropped, 0);
  t.notOk(existsSync(join(disk.path, 's1.log.1')));
});

t.test('of more files than are kept, those written last stay', async (t) => {
  const directory = t.testdir();
  const { logs } = openLogs(directory, { maxFiles: 50 });
  for (let n = 0; n < 130; n += 1) logs.line(`s${n}`, 'line\n');
  await logs.flushed();
  const names = readdirSync(directory);
  // Looked for when the 101st was opened.
  t.equal(names.length, 45 + 30);
  t.ok(names.includes('s129.log'));
  t.notOk(names.includes('s0.log'));
  await logs.close();
});
