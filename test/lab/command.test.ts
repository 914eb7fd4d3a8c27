import t from 'tap';
import { execute, mustExecute } from './command.ts';

t.test('streams, code and standard input', async (t) => {
  const outcome = await execute('sh', ['-c', 'cat; echo no >&2; exit 3'], { stdin: 'words' });
  t.same(outcome, { code: 3, stdout: 'words', stderr: 'no\n', timedOut: false });
});

t.test('a failed command says what it said', async (t) => {
  await t.rejects(mustExecute('sh', ['-c', 'echo why >&2; exit 3']), /sh: exit 3\nwhy/);
  t.equal(await mustExecute('echo', ['line']), 'line');
});

t.test('one that takes too long is killed, even where its child holds the pipe', async (t) => {
  const outcome = await execute('sh', ['-c', 'echo begun; sleep 3; true'], { limitMs: 300 });
  t.match(outcome, { code: null, timedOut: true, stdout: 'begun\n' });
});
