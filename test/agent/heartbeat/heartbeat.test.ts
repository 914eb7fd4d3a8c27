import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import type { Heartbeat } from '../../../agent/heartbeat/contract.ts';
import { createHeartbeat } from '../../../agent/heartbeat/main.ts';
import { serviceSocket } from '../../../agent/heartbeat/place.ts';
import { systemPaths } from '../../../agent/paths.ts';
import { maxNames } from '../../../agent/protocol/heartbeat.ts';
import { type Hearing, socketFor, startHearing } from './hearing.ts';

const startFor = async (
  t: Test,
  options: Parameters<typeof createHeartbeat>[0] = {},
): Promise<{ hearing: Hearing; beat: Heartbeat }> => {
  const hearing = await startHearing(t);
  const beat = createHeartbeat({ socket: hearing.path, everyMs: null, ...options });
  t.teardown(() => beat.close());
  return { hearing, beat };
};

t.test('without another word it is said where the service listens', async (t) => {
  t.equal(serviceSocket, systemPaths.heartbeatSocket);
});

t.test('what was said of the bot is told, and nothing it did not speak of', async (t) => {
  const { hearing, beat } = await startFor(t, { bot: 'weather' });
  const first = await hearing.heard(() => true);
  t.same(Object.keys(first).sort(), ['at', 'bot', 'startedAt']);
  beat.received();
  beat.received(2);
  beat.sent(0);
  beat.count('jokes', 3);
  beat.time('answer', 12.5);
  beat.time('answer', 7.5);
  beat.session({ createdAt: new Date(1_000_000), expiresAt: 9_000_000 });
  beat.session({ refreshedAt: 2_000_000 });
  beat.needs({ kind: 'qr', text: '2@abc' });
  beat.error(new TypeError('no such city'));
  beat.connection('ready', 'signed in');
  const told = await hearing.heard(({ connection }) => connection === 'ready');
  t.match(told, {
    bot: 'weather',
    why: 'signed in',
    reconnects: 0,
    in: { count: 3, lastAt: Number },
    out: { count: 0, lastAt: null },
    counters: { jokes: 3 },
    timings: { answer: { count: 2, sumMs: 20, maxMs: 12.5 } },
    session: { createdAt: 1_000_000, refreshedAt: 2_000_000, expiresAt: 9_000_000 },
    needs: { kind: 'qr', text: '2@abc' },
    errors: { count: 1, last: { name: 'TypeError', message: 'no such city' } },
  });
  t.match(told.errors?.last?.stack, /heartbeat\.test\.ts/);
  t.ok(told.at >= told.startedAt);
});

t.test('what follows is told within a second, and needs end', async (t) => {
  const { hearing, beat } = await startFor(t);
  beat.needs({ kind: 'login', text: 'https://example.com/device' });
  await hearing.heard(({ needs }) => needs?.kind === 'login');
  beat.needs(null);
  await hearing.heard(({ needs }) => needs === null);
});

t.test('ready again after it was not is a reconnect', async (t) => {
  const { hearing, beat } = await startFor(t);
  for (const state of ['ready', 'ready', 'disconnected', 'connecting', 'ready'] as const) {
    beat.connection(state);
  }
  const { reconnects } = await hearing.heard((told) => told.connection === 'ready');
  t.equal(reconnects, 1);
});

t.test('a storm of changes is told in few lines', async (t) => {
  const { hearing, beat } = await startFor(t);
  await hearing.heard(() => true);
  const states = ['ready', 'disconnected'] as const;
  for (let i = 0; i < 2000; i += 1) {
    beat.connection(states[i % 2] ?? 'ready');
    if (i % 20 === 0) await new Promise(setImmediate);
  }
  beat.connection('degraded', 'the last');
  await hearing.heard(({ why }) => why === 'the last');
  t.ok(hearing.beats.length < 20, `${hearing.beats.length} lines`);
});

t.test('a sign of life comes by itself, or not where the bot gives it', async (t) => {
  const own = await startFor(t, { everyMs: 1000 });
  await own.hearing.heard(({ at, startedAt }) => at - startedAt >= 1000);
  const given = await startFor(t);
  const { at } = await given.hearing.heard(() => true);
  given.beat.alive();
  await given.hearing.heard((told) => told.at > at);
});

t.test('who comes later hears everything, and who comes again, too', async (t) => {
  const path = socketFor(t);
  const beat = createHeartbeat({ socket: path, everyMs: null });
  t.teardown(() => beat.close());
  beat.received(5);
  const first = await startHearing(t, path);
  await first.heard(({ in: traffic }) => traffic?.count === 5);
  await first.close();
  const second = await startHearing(t, path);
  await second.heard(({ in: traffic }) => traffic?.count === 5);
});

t.test('who answers is hung up on', async (t) => {
  const { hearing } = await startFor(t);
  await hearing.heard(() => true);
  const again = hearing.connected();
  hearing.sockets[0]?.write('hello\n');
  await again;
});

t.test('the last is told at the close, and nothing after it', async (t) => {
  const { hearing, beat } = await startFor(t);
  await hearing.heard(() => true);
  beat.sent(7);
  await beat.close();
  await hearing.heard(({ out }) => out?.count === 7);
  beat.connection('ready');
  await beat.close();
  t.notOk(hearing.beats.some(({ connection }) => connection === 'ready'));
});

t.test('who has hardly begun when it closes is heard, too', async (t) => {
  const { hearing, beat } = await startFor(t);
  beat.received(5);
  await beat.close();
  await hearing.heard(({ in: traffic }) => traffic?.count === 5);
});

t.test('a name that is none and a number that is none are counted as refused', async (t) => {
  const { hearing, beat } = await startFor(t);
  const anyBeat = beat as unknown as Record<string, (...given: unknown[]) => void>;
  anyBeat['connection']?.('conected');
  anyBeat['received']?.(Number.NaN);
  anyBeat['time']?.('x', -1);
  anyBeat['session']?.({ expiresAt: 'tomorrow' });
  beat.connection('ready');
  const told = await hearing.heard(({ connection }) => connection === 'ready');
  t.equal(told.counters?.['heartbeat.refused'], 4);
  t.same(told.session, { createdAt: null, refreshedAt: null, expiresAt: null });
});

t.test('more names than there may be are counted as others', async (t) => {
  const { hearing, beat } = await startFor(t);
  for (let i = 0; i < 10_000; i += 1) {
    beat.count(`name ${i}`);
    beat.time(`name ${i}`, 1);
  }
  beat.count('x'.repeat(100_000));
  beat.connection('ready');
  const told = await hearing.heard(({ connection }) => connection === 'ready');
  t.equal(Object.keys(told.counters ?? {}).length, maxNames);
  t.equal(told.counters?.['other'], 10_001 - (maxNames - 1));
});

/** Things that no honest bot says. */
const hostile = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withSparseArray: true }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ...['\u0000'.repeat(5000), '\ud800'.repeat(4000), '\u{1f600}'.repeat(9000), '__proto__'],
    ...[Number.NaN, Number.POSITIVE_INFINITY, -0, 1e308, Number.MAX_SAFE_INTEGER, Symbol('x')],
  ),
  fc.constant(null).map(() =>
    Object.defineProperties(new Error('x'), {
      message: { get: () => assertNever() },
      name: { value: 'n'.repeat(1e5) },
      stack: { get: () => assertNever() },
    }),
  ),
  fc.constant(null).map(() => new Proxy({}, { get: assertNever, getPrototypeOf: assertNever })),
);

const assertNever = (): never => {
  throw new Error('a getter that throws');
};

t.test('whatever it is given, it throws nothing and tells lines that are right', async (t) => {
  const { hearing, beat } = await startFor(t);
  const names = [
    ...['connection', 'received', 'sent', 'session', 'error', 'count', 'time', 'needs', 'alive'],
  ] as const;
  const calls = beat as unknown as Record<string, (...given: unknown[]) => void>;
  const call = fc.tuple(fc.constantFrom(...names), hostile, hostile);
  fc.assert(
    fc.property(fc.array(call, { maxLength: 200 }), (all) => {
      for (const [name, first, second] of all) calls[name]?.(first, second);
    }),
    { numRuns: 100 },
  );
  beat.needs({ kind: 'qr', text: '\u0001'.repeat(3000) });
  beat.connection('degraded', 'the end');
  const told = await hearing.heard(({ connection }) => connection === 'degraded');
  t.type(told.at, 'number');
});

t.test('options that are none are as good as none', async (t) => {
  const { hearing } = await startFor(t, { everyMs: Number.NaN, bot: 'b'.repeat(1000) });
  const { bot } = await hearing.heard(() => true);
  t.equal(bot?.length, 64);
  const nowhere = createHeartbeat({ socket: `/${'long'.repeat(100)}\0` });
  nowhere.received();
  await nowhere.close();
});

t.test('what is timed is passed on as it is', async (t) => {
  const { hearing, beat } = await startFor(t);
  t.equal(
    beat.timed('sum', () => 3),
    3,
  );
  t.equal(await beat.timed('wait', async () => 4), 4);
  t.throws(() => beat.timed('sum', () => JSON.parse('{')), SyntaxError);
  await t.rejects(
    beat.timed('wait', () => Promise.reject(new RangeError('far'))),
    RangeError,
  );
  beat.connection('ready');
  const { timings } = await hearing.heard(({ connection }) => connection === 'ready');
  t.match(timings, { sum: { count: 2 }, wait: { count: 2 } });
});

const folder = join(import.meta.dirname, '../../../agent/heartbeat');

/** Runs a program of its own, which imports the library from source. */
const runProgram = async (
  path: string,
  lines: string,
  onStart: (stdin: Writable) => void = (stdin) => stdin.end(),
): Promise<{ code: number; stderr: string }> => {
  const program = `import { createHeartbeat } from ${JSON.stringify(join(folder, 'main.ts'))};
import { startSpeaker } from ${JSON.stringify(join(folder, 'speaker.ts'))};
${lines}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, HOLDFAST_HEARTBEAT: path },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  onStart(child.stdin);
  const [[code], stderr] = await Promise.all([once(child, 'close'), text(child.stderr)]);
  return { code: code as number, stderr };
};

t.test('it keeps no process running, whether anybody listens or not', async (t) => {
  const hearing = await startHearing(t);
  const begin = 'const beat = createHeartbeat(); beat.received();';
  t.same(await runProgram(hearing.path, begin), { code: 0, stderr: '' });
  t.same(await runProgram(socketFor(t), begin), { code: 0, stderr: '' });
  t.same(await runProgram(socketFor(t), `${begin} await beat.close();`), { code: 0, stderr: '' });
});

t.test('who listens and never reads does not keep it running either', async (t) => {
  const path = socketFor(t);
  const deaf = createServer((socket) => socket.pause().on('error', () => {}));
  await new Promise<void>((resolve) => deaf.listen(path, resolve));
  t.teardown(() => void deaf.close());
  const filling = `
let full = false;
const speaker = startSpeaker(process.env.HOLDFAST_HEARTBEAT, () => {
  while (speaker.say(() => 'x'.repeat(8000))) full = true;
});
process.on('exit', () => { process.exitCode = full ? 3 : 4; });`;
  t.same(await runProgram(path, filling), { code: 3, stderr: '' });
});

t.test('how a bot crashes is told, and is the same with it', async (t) => {
  const hearing = await startHearing(t);
  const lines = `createHeartbeat();
process.stdin.once('data', () => { throw new RangeError('out of luck'); });`;
  const { code, stderr } = await runProgram(hearing.path, lines, (stdin) => {
    void hearing.heard(() => true).then(() => stdin.write('now'));
  });
  t.equal(code, 1);
  t.match(stderr, /RangeError: out of luck/);
  const { errors } = await hearing.heard(({ errors }) => errors !== undefined);
  t.match(errors, { count: 1, last: { name: 'RangeError', message: 'out of luck' } });
});

t.test('many heartbeats of one process share its listeners', async (t) => {
  const before = process.listenerCount('exit');
  const path = socketFor(t);
  const all = Array.from({ length: 20 }, (_, i) => createHeartbeat({ bot: `${i}`, socket: path }));
  t.equal(process.listenerCount('exit'), before + 1);
  await Promise.all(all.map((beat) => beat.close()));
  t.equal(process.listenerCount('exit'), before);
});
