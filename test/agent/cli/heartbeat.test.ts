import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import t from 'tap';
import { readInput } from '../../../agent/cli/heartbeat/read-input.ts';
import { readSign } from '../../../agent/cli/heartbeat/read-sign.ts';
import { socketFor, startHearing } from '../heartbeat/hearing.ts';
import { createSaid } from '../heartbeat/said.ts';
import { mainFile, plainEnv, runCli } from './run-cli.ts';

t.test(
  'what is said once is to be added, and comes from a process that is still there',
  async (t) => {
    const hearing = await startHearing(t);
    const said = [
      ...['--connection', 'ready', '--why', 'signed in', '--received', '3', '--sent', '2'],
      ...['--count', 'jokes=4', '--count', 'retries', '--time', 'answer=12.5'],
      ...['--error', 'no such city', '--bot', 'weather', '--json'],
    ];
    const { code, stdout, stderr } = await runCli(['heartbeat', ...said], {
      env: { HOLDFAST_HEARTBEAT: hearing.path },
    });
    t.same({ code, stderr }, { code: 0, stderr: '' });
    const beat = await hearing.heard(() => true);
    t.same(JSON.parse(stdout), { schema: 1, ...beat });
    t.match(beat, {
      ...{
        bot: 'weather',
        delta: true,
        connection: 'ready',
        why: 'signed in',
        reconnects: undefined,
      },
      ...{ in: { count: 3 }, out: { count: 2 }, counters: { jokes: 4, retries: 1 } },
      timings: { answer: { count: 1, sumMs: 12.5 } },
      errors: { count: 1, last: { name: 'Error', message: 'no such city', stack: '' } },
    });
  },
);

t.test('without a word it is a sign of life, said where it is told to', async (t) => {
  const hearing = await startHearing(t);
  const { code, stdout } = await runCli(['heartbeat', '--socket', hearing.path], {
    env: { HOLDFAST_HEARTBEAT: '/nowhere' },
  });
  t.same({ code, stdout }, { code: 0, stdout: '' });
  const beat = await hearing.heard(() => true);
  t.same(Object.keys(beat).sort(), ['at', 'delta', 'startedAt']);
});

t.test('where nobody listens it says so, and wrong words are wrong usage', async (t) => {
  const none = await runCli(['heartbeat', '--socket', socketFor(t)]);
  t.equal(none.code, 69);
  t.match(none.stderr, /^holdfast: nobody listens for heartbeats on .*heartbeat\.sock/);
  for (const words of [
    ['--connection', 'conected'],
    ['--why', 'x'],
    ['--received', '-3'],
    ['--count', '=3'],
    ['--time', 'answer'],
    ['--follow', '--sent', '1'],
    ['now'],
  ]) {
    t.equal((await runCli(['heartbeat', ...words])).code, 64, words.join(' '));
  }
});

const nowOf = (...lines: string[]) => {
  const said = createSaid();
  for (const line of lines) readSign(line)?.(said.beat);
  return said.now();
};

t.test('a line is a word with what belongs to it, or JSON', async (t) => {
  t.match(
    nowOf('ready', 'received', 'received 3', 'sent', 'count jokes', 'count jokes 2', 'time a 1.5'),
    {
      ...{ connection: 'ready', in: { count: 4 }, out: { count: 1 }, counters: { jokes: 3 } },
      timings: { a: { count: 1, sumMs: 1.5 } },
    },
  );
  t.match(nowOf('  logged-out by the service  '), {
    connection: 'logged-out',
    why: 'by the service',
  });
  t.match(nowOf('needs qr 2@ab,cd=='), { needs: { kind: 'qr', text: '2@ab,cd==' } });
  t.match(nowOf('needs code 1234', 'needs nothing'), { needs: null });
  t.match(nowOf('error', 'error no such city'), {
    errors: { count: 2, last: { message: 'no such city' } },
  });
  t.match(
    nowOf(
      '{"connection":"degraded","why":"slow","received":2,"sent":1,"count":{"a":1},"time":{"b":2}}',
      '{"session":{"expiresAt":5000},"needs":{"kind":"login","text":"x"},"error":"oh"}',
    ),
    {
      ...{ connection: 'degraded', why: 'slow', in: { count: 2 }, out: { count: 1 } },
      ...{ counters: { a: 1 }, session: { expiresAt: 5000 }, needs: { kind: 'login' } },
      errors: { count: 1, last: { name: 'Error', message: 'oh' } },
    },
  );
  for (const life of ['', ' ', 'alive', '{}']) t.ok(readSign(life), `"${life}"`);
});

t.test('what is no sign is none, and nothing makes the reader crash', async (t) => {
  for (const line of [
    ...['hello', 'toString', 'received x', 'count', 'count a b', 'time a', 'needs', 'needs qr'],
    ...['needs money now', 'alive and well', '{', '{"recieved":1}', '[1]', '{"toString":1}'],
  ]) {
    t.equal(readSign(line), null, line);
  }
  const word = fc.constantFrom(
    'ready',
    'received',
    'count',
    'time',
    'needs',
    'error',
    'qr',
    '1',
    '{',
  );
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(word, fc.string())).map((all) => all.join(' ')),
    fc
      .dictionary(
        fc.constantFrom('connection', 'why', 'received', 'count', 'needs', 'session', 'error'),
        fc.jsonValue(),
      )
      .map((value) => JSON.stringify(value)),
  );
  const { beat, now } = createSaid();
  fc.assert(fc.property(line, (text) => readSign(text)?.(beat)));
  t.ok(JSON.stringify(now()));
});

t.test('lines are read as they come, and one without end is not kept', async (t) => {
  const input = new PassThrough();
  const lines: (string | null)[] = [];
  const done = readInput(input, (line) => lines.push(line));
  for (const part of ['rea', 'dy\nsent\n', 'x'.repeat(20_000), 'x'.repeat(20_000), 'y\nsent\n']) {
    input.write(part);
  }
  input.end('last');
  await done;
  t.same(lines, ['ready', 'sent', null, 'sent', 'last']);
});

t.test('followed, it goes on whatever it reads, and says what it did not understand', async (t) => {
  const hearing = await startHearing(t);
  const child = spawn(
    process.execPath,
    [mainFile, 'heartbeat', '--follow', '--socket', hearing.path],
    {
      env: plainEnv(),
    },
  );
  const said = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  child.stdin.end(`hello\nreceived 2\n${'what?\n'.repeat(50)}sent 1`);
  const [stdout, stderr, [code]] = await said;
  t.equal(code, 0);
  t.equal(stdout, '');
  t.match(stderr, /^holdfast: line 1 is no sign of a bot: "hello"\n/);
  t.equal(stderr.split('\n').length - 1, 10);
  const last = await hearing.heard(({ out }) => out?.count === 1);
  t.equal(last.in?.count, 2);
  t.equal(last.delta, undefined, 'of a program that lasts counts are totals');
});

const python = spawnSync('python3', ['--version']).status === 0;

t.test(
  'a bot in Python says how it is, and answers whether it is heard or not',
  { skip: python ? false : 'there is no python3' },
  async (t) => {
    const hearing = await startHearing(t);
    for (const path of [hearing.path, socketFor(t)]) {
      const bot = spawn(
        'python3',
        [join(import.meta.dirname, 'weather-bot.py'), process.execPath, mainFile],
        {
          env: plainEnv({ HOLDFAST_HEARTBEAT: path }),
        },
      );
      const said = Promise.all([text(bot.stdout), text(bot.stderr), once(bot, 'close')]);
      bot.stdin.end('london\nparis\n');
      const [stdout, stderr, [code]] = await said;
      t.same({ stdout, stderr, code }, { stdout: 'rain\n', stderr: '', code: 0 });
    }
    const told = await hearing.heard(({ connection }) => connection === 'disconnected');
    t.match(told, {
      ...{ bot: 'weather', why: 'no more input', in: { count: 2 }, out: { count: 1 } },
      counters: { unknown: 1 },
      errors: { count: 1, last: { name: 'KeyError', message: "'paris'" } },
    });
  },
);
