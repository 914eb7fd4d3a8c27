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
  // A loaded machine may not even begin with it in so little time.
  const run = (limitMs: number) => execute('sh', ['-c', 'echo begun; sleep 60; true'], { limitMs });
  let limitMs = 300;
  let outcome = await run(limitMs);
  while (outcome.stdout === '' && limitMs < 20_000) {
    limitMs *= 2;
    outcome = await run(limitMs);
  }
  t.match(outcome, { code: null, timedOut: true, stdout: 'begun\n' });
});
