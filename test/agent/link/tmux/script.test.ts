import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { quoteArgument, runScript, scriptOf } from '../../../../agent/link/tmux/script.ts';
import { startServer } from '../../../e2e/tmux.ts';
import { temporarySocket } from '../temporary-server.ts';

/** NUL ends a string in C, and no argument can hold one. */
const text = fc.string({ unit: 'binary', maxLength: 60 }).map((any) => any.replaceAll('\0', ''));
const awkward = fc.constantFrom(
  '',
  ' ',
  '~',
  '~/x',
  '$HOME',
  '$' + '{HOME}',
  '#{pid}',
  '#(id)',
  '#',
  '##[',
  ';',
  '\\;',
  '\\',
  '\\n',
  "'",
  '"',
  '{',
  '}',
  '{ kill-server }',
  '%if 1',
  '%end',
  'a\nb',
  '\n',
  '\t',
  '\x1b[31m',
  '\x7f',
  'é',
  '会議',
  '\u{1f4e6}',
  '-x',
  '--',
  '@a',
  '*',
  '\u0080',
  '\u009f',
  '\ufeff',
  '\u2028',
  'a'.repeat(5000),
);

t.test('any text set as an option comes back as it was', async (t) => {
  const socket = temporarySocket(t);
  await startServer(socket, 'one');
  const mark = randomUUID();
  const roundTrip = async (values: readonly string[]): Promise<string[]> => {
    const set = values.map((value, i) => ['set-option', '-s', `@t${i}`, value]);
    const show = values.flatMap((_, i) => [
      ['show-options', '-sv', `@t${i}`],
      ['display-message', '-p', mark],
    ]);
    const output = await runScript(socket, [...set, ...show], 20_000);
    return output.split(`\n${mark}\n`).slice(0, -1);
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(text, awkward), { minLength: 1, maxLength: 40, size: 'max' }),
      async (values) => assert.deepEqual(await roundTrip(values), values),
    ),
    { numRuns: 25 },
  );
});

t.test('a quoted text is one line of printable ASCII and what lies beyond it', async () => {
  fc.assert(
    fc.property(fc.oneof(text, awkward), (value) => {
      const quoted = quoteArgument(value);
      assert.match(quoted, /^"[^"]*"$/);
      assert.doesNotMatch(quoted.slice(1, -1), /[\x00-\x1f\x7f#$~;{}'*]/);
      assert.equal(scriptOf([[value, value]]).split('\n').length, 2);
    }),
  );
});

t.test('what tmux refuses is told in its words', async (t) => {
  const socket = temporarySocket(t);
  await t.rejects(runScript(socket, [['list-sessions']]), { code: 'tmux-refused' });
  await startServer(socket, 'one');
  await t.rejects(runScript(socket, [['no-such-command']]), {
    code: 'tmux-refused',
    message: /unknown command: no-such-command/,
  });
});

t.test('a server that is stopped is not waited for', async (t) => {
  const socket = temporarySocket(t);
  const pid = await startServer(socket, 'one');
  process.kill(pid, 'SIGSTOP');
  t.teardown(() => process.kill(pid, 'SIGCONT'));
  await t.rejects(runScript(socket, [['list-sessions']], 200), {
    code: 'tmux-timeout',
    retryable: true,
  });
});
