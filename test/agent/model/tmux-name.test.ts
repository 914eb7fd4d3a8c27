import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import { formatLiteral, tmuxName } from '../../../agent/model/tmux-name.ts';

const run = promisify(execFile);
const directory = mkdtempSync(join(tmpdir(), 'tmux-name-'));
const socket = join(directory, 's');

/** `commands` in one call, each a list of words; a `;` at the end of a word would part commands. */
const tmux = async (...commands: string[][]): Promise<string> => {
  const words = commands
    .map((command) => command.map((word) => word.replace(/;$/, '\\;')))
    .flatMap((command) => [...command, ';']);
  const { stdout } = await run('tmux', ['-u', '-S', socket, '-f', '/dev/null', ...words], {
    env: { ...process.env, LC_ALL: 'C.UTF-8', TMUX: '' },
    timeout: 30_000,
  });
  return stdout;
};

/** So many at once that tmux prints them in one piece. */
const perClient = 20;

const namesInTmux = async (names: readonly string[]): Promise<string[]> => {
  const given: string[] = [];
  for (let i = 0; i < names.length; i += perClient) {
    given.push(...(await namesOfSome(names.slice(i, i + perClient))));
  }
  return given;
};

/**
 * The names tmux gives to sessions that are asked for by these names. On a busy machine a client may end
 * before all it was told is printed: then it is asked again.
 */
const namesOfSome = async (names: readonly string[], tries = 5): Promise<string[]> => {
  const create = names.map((name) => {
    const words = ['new-session', '-d', '-P', '-F', '#{session_id} #{session_name}'];
    return [...words, '-s', formatLiteral(name), 'exec sleep 600'];
  });
  const printed = await tmux(...create);
  await tmux(['kill-session', '-a', '-t', 'keeper']);
  // Not trimmed: a name may end in spaces.
  const lines = printed.replace(/\n$/, '').split('\n');
  if (printed.endsWith('\n') && lines.length === names.length) {
    return lines.map((line) => line.slice(line.indexOf(' ') + 1));
  }
  assert(tries > 0, `tmux printed ${lines.length} of ${names.length} names`);
  return namesOfSome(names, tries - 1);
};

t.before(async () => {
  await tmux(['new-session', '-d', '-s', 'keeper', 'exec sleep 600']);
});
t.teardown(async () => {
  await tmux(['kill-server']);
  rmSync(directory, { recursive: true });
});

/** As in `3.3a`. */
const version = async (): Promise<number> => {
  const [found] = /\d+\.\d+/.exec((await run('tmux', ['-V'])).stdout) ?? [];
  return Number(found);
};

t.test('tmux names sessions as predicted', async (t) => {
  const names = {
    'a.b:c': 'a_b_c',
    'with space': 'with space',
    ' lead and trail ': ' lead and trail ',
    'back\\slash': 'back\\\\slash',
    [`quo'te"d`]: `quo'te"d`,
    '$ `id` ~ * ? ! % & | < >': '$ `id` ~ * ? ! % & | < >',
    '-dash': '-dash',
    '=equals': '=equals',
    '@at': '@at',
    '%1': '%1',
    'ends in ;': 'ends in ;',
    'ends in \\;': 'ends in \\\\;',
    'tab\tnl\nesc\x1b[1m bell\x07': 'tab\\tnl\\nesc\\033[1m bell\\a',
    'del\x7f': 'del\\177',
    'line\u2028par\u2029': 'line\\342\\200\\250par\\342\\200\\251',
    'Zoë 会議 😀 👩‍👩‍👧': 'Zoë 会議 😀 👩‍👩‍👧',
    ['x'.repeat(200)]: 'x'.repeat(200),
    ['長'.repeat(200)]: '長'.repeat(200),
  };
  t.same(Object.keys(names).map(tmuxName), Object.values(names));
  t.same(await namesInTmux(Object.keys(names)), Object.values(names));
});

t.test('no format in a name is expanded', async (t) => {
  const names = ['#{pid}', '#(exit 1)', '#S', '#', 'a#', '##', '#####', '#,', '#}'];
  const styles = ['#[fg=red]', '##[x', '###[x', '#[#[', '#[#', '# #[ ## #'];
  t.same(await namesInTmux([...names, ...styles]), [...names, ...styles]);
});

t.test('what later versions of tmux leave alone', async (t) => {
  const found = await version();
  const c1 = 'a\u0080b\u009f';
  t.same(await namesInTmux([c1]), [found < 3.4 ? tmuxName(c1) : c1]);
  const variables = '$HOME $_x $\x7by} \\$z $1 $';
  const unescaped = variables.replace('\\', '\\\\');
  t.same(await namesInTmux([variables]), [found < 3.5 ? tmuxName(variables) : unescaped]);
});

/** Blocks that were full long before any C library a tmux may run with. */
const range = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((codePoint) => String.fromCodePoint(codePoint));

const character = fc.oneof(
  { weight: 2, arbitrary: range(0x01, 0x23) },
  { weight: 4, arbitrary: range(0x25, 0x7f) },
  { weight: 2, arbitrary: fc.constantFrom(...`.:_\\#[]{}(),;'" `) },
  range(0xa0, 0x24f),
  range(0x410, 0x44f),
  range(0x4e00, 0x9fa5),
  range(0xac00, 0xd7a3),
  range(0x1f300, 0x1f5ff),
);

const name = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: character, minLength: 1, maxLength: 24 }) },
  { weight: 1, arbitrary: fc.string({ unit: character, minLength: 200, maxLength: 200 }) },
);

t.test('whatever the name', async (t) => {
  const names = fc.uniqueArray(name, { minLength: 8, maxLength: 8, selector: tmuxName });
  await fc.assert(
    fc.asyncProperty(names, async (asked) => {
      assert.deepEqual(await namesInTmux(asked), asked.map(tmuxName));
    }),
    { numRuns: 15 },
  );
  t.pass();
});

t.test(
  'never throws, and names without . and : differ in tmux where they differ here',
  async (t) => {
    const text = fc.string({ unit: 'binary' }).map((made) => made.replace(/[.:]/g, ''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        t.equal(tmuxName(a) === tmuxName(b), a === b);
      }),
    );
  },
);
