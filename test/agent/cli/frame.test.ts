import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { command } from '../../../agent/cli/command.ts';
import { commands } from '../../../agent/cli/commands.ts';
import { exitCodeFor } from '../../../agent/cli/frame/exit.ts';
import { commandHelp, overviewHelp } from '../../../agent/cli/frame/help.ts';
import { findCommand, parseInvocation, splitCommand } from '../../../agent/cli/frame/parse.ts';
import { findPlace } from '../../../agent/cli/frame/place.ts';
import { readCount, readDuration, readSince } from '../../../agent/cli/frame/read-value.ts';
import { ConfigFailure, Failure, RequestFailure } from '../../../agent/model/failure.ts';
import { matchesGolden } from './golden.ts';
import { runCli } from './run-cli.ts';
import { noon } from './sample.ts';

process.env['TZ'] = 'UTC';

const find = (name: string) => findCommand(commands, name);
const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return '(nothing was thrown)';
};

t.test('the command stands before or after the options of every command', async (t) => {
  t.same(splitCommand(['--home', 'd', 'status', '--json']), {
    name: 'status',
    rest: ['--home', 'd', '--json'],
  });
  t.same(splitCommand(['run', 'web', '--', 'status']), {
    name: 'run',
    rest: ['web', '--', 'status'],
  });
  t.same(splitCommand(['--version']), { name: null, rest: ['--version'] });
});

t.test('options become values, absent ones too', async (t) => {
  const { values, positionals } = parseInvocation(find('run'), [
    ...['web', '--env', 'A=1', '--env=B=--x', '--home', '/h', '--', 'ls', '--json', '-la'],
  ]);
  t.same(positionals, ['web', 'ls', '--json', '-la']);
  t.match(values, { env: ['A=1', 'B=--x'], home: '/h', json: false, cwd: undefined });
  t.match(parseInvocation(find('events'), ['-f']).values, {
    follow: true,
    type: [],
    screens: false,
  });
});

t.test('wrong usage is one line with the word most likely meant', async (t) => {
  const parse = (name: string, ...args: string[]): string =>
    messageOf(() => parseInvocation(find(name), args));
  t.match(
    messageOf(() => find('statsu')),
    /^unknown command "statsu" \(did you mean "status"\?\)/,
  );
  t.match(
    messageOf(() => find('xyzzy')),
    /^unknown command "xyzzy"; see: holdfast help$/,
  );
  t.match(parse('events', '--folow'), /^unknown option --folow \(did you mean "--follow"\?\)/);
  t.match(parse('status', '-x'), /^unknown option -x; see: holdfast status --help$/);
  t.match(parse('events', '--since'), /^--since needs a value: --since TIME$/);
  t.match(parse('events', '--since', '--json'), /^--since needs a value/);
  t.match(parse('status', '--json=1'), /^--json takes no value$/);
  t.match(parse('stop'), /^something is missing; usage: holdfast stop SESSION\|UNIT$/);
  t.match(parse('stop', 'a', 'b'), /^too many arguments; usage: holdfast stop SESSION\|UNIT$/);
  t.match(parse('status', '--constructor'), /^unknown option --constructor/);
});

t.test('nothing typed makes the parser crash, and its messages have one line', async () => {
  const words = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('--', '-', '--home', '--json', '-h', '--=', '--env'),
    ),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(words, fc.constantFrom(...commands), (args, entry) => {
      try {
        parseInvocation(entry, args);
        return true;
      } catch (error) {
        const typedLines = args.join('').split('\n').length;
        const { message } = error as Error;
        return error instanceof Failure && message.split('\n').length <= typedLines;
      }
    }),
  );
});

t.test('times', async (t) => {
  t.equal(readSince('10s', noon), noon - 10_000);
  t.equal(readSince('500ms', noon), noon - 500);
  t.equal(readSince('3d', noon), noon - 3 * 86_400_000);
  t.equal(readSince('14:00', noon), Date.UTC(2026, 10, 20, 14, 0));
  t.equal(readSince('9:05:07', noon), Date.UTC(2026, 10, 20, 9, 5, 7));
  t.equal(readSince('2026-11-19', noon), Date.UTC(2026, 10, 19));
  t.equal(readSince('2026-11-19 08:30', noon), Date.UTC(2026, 10, 19, 8, 30));
  t.equal(readSince('2026-11-19T08:30:00+01:00', noon), Date.UTC(2026, 10, 19, 7, 30));
  for (const wrong of ['', 'yesterday', '10', '-5s', '25:00', '12:61', '2026-13-45', '5 m']) {
    t.match(
      messageOf(() => readSince(wrong, noon)),
      /^--since takes an age/,
      wrong,
    );
  }
});

t.test('counts', async (t) => {
  t.equal(readCount('--limit', '5'), 5);
  for (const wrong of ['0', '-1', '1.5', 'x', '', '1e3', '99999999999']) {
    t.match(
      messageOf(() => readCount('--limit', wrong)),
      /^--limit takes a whole number/,
      wrong,
    );
  }
});

t.test('durations', async (t) => {
  t.equal(readDuration('--for', '90s'), 90_000);
  t.equal(readDuration('--for', '2h'), 7_200_000);
  for (const wrong of ['0s', '-1h', '1', 'an hour', '', '1h 30m']) {
    t.match(
      messageOf(() => readDuration('--for', wrong)),
      /^--for takes a duration \(30m, 2h, 7d\), got /,
      wrong,
    );
  }
});

t.test('each error has its exit code', async (t) => {
  t.equal(exitCodeFor(new Failure('usage', '')), 64);
  t.equal(exitCodeFor(new Failure('agent-unreachable', '')), 69);
  t.equal(exitCodeFor(new RequestFailure('unknown-session', '')), 1);
  t.equal(exitCodeFor(new ConfigFailure('config-invalid', '')), 78);
  t.equal(exitCodeFor(new TypeError('x')), 70);
});

t.test('where everything is', async (t) => {
  t.equal(findPlace('/a', { HOLDFAST_HOME: '/b' }, false).home, '/a');
  t.equal(
    findPlace(undefined, { HOLDFAST_HOME: '/b' }, false).paths.agentSocket,
    '/b/run/agent.sock',
  );
  t.match(findPlace(undefined, { HOLDFAST_HOME: '' }, true).home, /\/\.holdfast$/);
  t.equal(findPlace('rel', {}, false).home, join(process.cwd(), 'rel'));
});

t.test('the table is complete', async (t) => {
  const names = commands.map(({ name }) => name);
  t.same([...names].sort(), [
    ...[
      'ack',
      'alert',
      'alerts',
      'attach',
      'check-config',
      'completion',
      'doctor',
      'drill',
      'events',
      'forget',
      'health',
      'heartbeat',
      'help',
    ],
    ...[
      'incidents',
      'log-level',
      'login',
      'pair',
      'polkit',
      'refresh',
      'reload',
      'restart',
      'run',
      'send',
      'sessions',
      'silence',
      'start',
      'status',
    ],
    ...['stop'],
    ...['top', 'unsilence', 'up', 'version', 'why'],
  ]);
  for (const { name, examples, json, options } of commands) {
    t.ok(examples.length > 0 && examples.every((example) => example.includes('holdfast')), name);
    t.ok(json.length > 0, `${name} documents its JSON`);
    const valued = Object.values(options).filter(({ type }) => type === 'string');
    t.ok(
      valued.every(({ value }) => value !== undefined),
      `${name} names its values`,
    );
  }
});

t.test('help', async (t) => {
  matchesGolden(t, 'help', overviewHelp(commands));
  matchesGolden(t, 'help-run', commandHelp(find('run')));
  for (const entry of commands) {
    const [first = '', ...lines] = commandHelp(entry);
    t.match(first, new RegExp(`^holdfast ${entry.name}: `));
    t.ok(lines.some((line) => /^Examples?$/.test(line)));
    t.ok(
      lines.filter((line) => !line.startsWith('  ')).every((line) => line.length <= 90),
      entry.name,
    );
  }
  const bare = command({ ...find('status'), options: {}, run: async () => 0 });
  t.ok(commandHelp(bare).length > 5);
});

t.test('help of the program itself', async (t) => {
  const [plain, helped, asked, json, version, none] = await Promise.all([
    runCli(['help']),
    runCli(['events', '--help']),
    runCli(['help', 'events']),
    runCli(['help', 'why', '--json']),
    runCli(['--version', '--home', '/nonexistent']),
    runCli([]),
  ]);
  t.equal(plain.stdout, readFileSync(join(import.meta.dirname, 'golden/help.txt'), 'utf8'));
  t.equal(none.stdout, plain.stdout);
  t.equal(helped.stdout, asked.stdout);
  t.equal(helped.code, 0);
  t.match(JSON.parse(json.stdout), { schema: 1, commands: [{ name: 'why' }] });
  t.match(version.stdout, /^holdfast \d+\.\d+\.\d+ /);
});

t.test('errors of the program itself', async (t) => {
  const [typo, option, json] = await Promise.all([
    runCli(['statsu']),
    runCli(['status', '--jsn']),
    runCli(['stop', '--json']),
  ]);
  t.match(typo, { code: 64, stdout: '', stderr: /^holdfast: unknown command "statsu".*\n$/ });
  t.match(option, { code: 64, stderr: /did you mean "--json"/ });
  t.equal(json.code, 64);
  t.match(JSON.parse(json.stderr), { schema: 1, error: { code: 'usage', message: /usage/ } });
});
