import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parseConfig } from '../../../../agent/model/config/parse.ts';
import { ConfigProblems } from '../../../../agent/model/config/problem.ts';
import type { SourceFile } from '../../../../agent/model/config/yaml.ts';
import { ConfigFailure } from '../../../../agent/model/failure.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/config');
const home = '/home/bob';

const read = (directory: string, path: string): SourceFile => ({
  path,
  text: readFileSync(join(directory, path), 'utf8'),
});

/** A case is one file, or a directory with holdfast.yaml and sessions.d; `system-` where systemd runs the servers. */
const filesOf = (name: string): SourceFile[] => {
  const place = join(fixtures, name);
  if (!statSync(place).isDirectory()) return [read(fixtures, name)];
  const sessions = join(place, 'sessions.d');
  const others = existsSync(sessions) ? readdirSync(sessions).sort() : [];
  return ['holdfast.yaml', ...others.map((file) => `sessions.d/${file}`)].map((path) =>
    read(place, path),
  );
};

const failureOf = (files: readonly SourceFile[], perOwner = false): ConfigProblems => {
  try {
    parseConfig(files, { home, perOwner });
  } catch (error) {
    if (error instanceof ConfigProblems) return error;
    throw error;
  }
  throw new Error('the configuration was taken');
};

const problemsOf = (text: string) => failureOf([{ path: 'a.yaml', text }]).problems;

t.test('each bad configuration gets the report that lies beside it', async (t) => {
  const cases = readdirSync(fixtures).filter((name) => !name.endsWith('.txt'));
  t.ok(cases.length > 40);
  for (const name of cases) {
    const expected = read(fixtures, `${name.replace(/\.yaml$/, '')}.txt`).text;
    const failure = failureOf(filesOf(name), name.startsWith('system-'));
    t.equal(`${failure.format()}\n`, expected, name);
  }
});

t.test('the failure carries every problem as data', async (t) => {
  const failure = failureOf(filesOf('everything-at-once'));
  t.ok(failure instanceof ConfigFailure);
  t.match(failure, { name: 'ConfigFailure', code: 'config-invalid', retryable: false });
  t.equal(failure.problems.length, 7);
  t.same(failure.problems[1], {
    file: 'holdfast.yaml',
    line: 4,
    path: 'sessions.api.comand',
    got: 'this key',
    expected:
      'one of command, cwd, env, server, restart, resumeCommand, after, recovery, importance, limits, health, refresh',
    hint: 'did you mean command?',
  });
});

t.test('all unknown keys of one mapping are named', async (t) => {
  const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);
  const found = problemsOf(keys.map((key) => `${key}: 1\n`).join(''));
  t.same(
    found.map(({ path }) => path),
    keys,
  );
});

t.test('of a flood the data has all and the report the first fifty', async (t) => {
  const entries = Array.from({ length: 70 }, (_, index) => `  s${index}: 1\n`);
  const failure = failureOf([{ path: 'a.yaml', text: `sessions:\n${entries.join('')}` }]);
  t.equal(failure.problems.length, 70);
  t.match(failure.message, /has 70 problems/);
  t.match(failure.message, /\n {2}and 20 more$/);
});

t.test('more unknown keys than anyone has end the search, not the program', async (t) => {
  const keys = Array.from({ length: 60 }, (_, index) => `k${index}: 1\n`);
  t.equal(problemsOf(keys.join('')).length, 50);
});

t.test('no value of an environment variable is repeated', async (t) => {
  const secret = 'correct-horse-7';
  const texts = [
    `sessions: {api: {env: {PIN: [${secret}]}}}`,
    `sessions: {api: {env: {PIN: 424242}}}`,
    `sessions: {api: {env: {PIN: "${secret}\\0"}}}`,
    `sessions: {api: {env: {PIN: "${secret}}}}`,
    `sessions: {api: {command: "", env: {PIN: !x ${secret}}}}`,
  ];
  for (const text of texts) t.notMatch(failureOf([{ path: 'a', text }]).format(), /horse|424242/);
});

t.test('what else is repeated is short, printable and redacted', async (t) => {
  const token = 'sk-ant-api03-0123456789abcdefghij';
  const [{ got = '' } = {}] = problemsOf(`sessions: {api: {cwd: "${token}"}}`);
  t.equal(got, '"[redacted]"');
  const [long] = problemsOf(`sessions: {api: {cwd: "${'a'.repeat(5000)}"}}`);
  t.ok((long?.got.length ?? 0) < 100);
  const [acting] = problemsOf(`sessions: {api: {cwd: "\\e[31m\\u009b\\u202e"}}`);
  t.equal(acting?.got, '"\\u001b[31m\\u009b\\u202e"');
});

t.test('a file that is too large or too deep is not read', async (t) => {
  t.match(problemsOf(`# ${'x'.repeat(256 * 1024)}`), [
    { got: '262146 bytes', expected: 'at most 262144 bytes' },
  ]);
  for (const text of [
    '['.repeat(5000),
    '{a: '.repeat(5000),
    '- '.repeat(5000),
    '? '.repeat(5000),
  ]) {
    t.match(problemsOf(text), [{ got: 'deep nesting' }]);
  }
});

t.test('indentation that is too deep for the parser is a problem too', async (t) => {
  const lines = Array.from({ length: 1400 }, (_, depth) => `${' '.repeat(depth)}a:\n`);
  t.ok(problemsOf(lines.join('')).length > 0);
});

t.test('a name that is wrong in a file without a line', async (t) => {
  t.same(problemsOf('sessions: *no'), [
    {
      file: 'a.yaml',
      path: '',
      got: 'Unresolved alias (the anchor must be set before the alias): no',
      expected: 'YAML 1.2 with few aliases and little nesting',
    },
  ]);
});
