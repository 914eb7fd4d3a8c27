import t from 'tap';
import { parseConfig } from '../../../../agent/model/config/parse.ts';
import { ConfigProblems, type Problem } from '../../../../agent/model/config/problem.ts';

const parse = (refresh: string) =>
  parseConfig(
    [{ path: 'holdfast.yaml', text: `sessions:\n  api: {cwd: ~/api, refresh: ${refresh}}\n` }],
    { home: '/home/ada' },
  ).config.sessions['api']?.refresh;

const problemsOf = (refresh: string): readonly Problem[] => {
  try {
    parse(refresh);
    return [];
  } catch (cause) {
    if (cause instanceof ConfigProblems) return cause.problems;
    throw cause;
  }
};

t.test('without a word it suits WhatsApp Web', async (t) => {
  t.strictSame(parse('{}'), {
    ...{ maxAgeMs: 86_400_000, beforeMs: 3_600_000, how: { way: 'restart' }, quietMs: 120_000 },
    ...{ timeoutMs: 60_000, maxAttempts: 3, windowMs: 21_600_000, firstWaitMs: 60_000 },
    screen: [],
  });
});

t.test('each way, with its units turned into numbers', async (t) => {
  t.match(parse('{maxAge: never, how: {command: ./renew.sh}, screen: ["(?i)expired"]}'), {
    ...{ maxAgeMs: null, screen: ['(?i)expired'] },
    how: { way: 'command', command: './renew.sh', cwd: '/home/ada/api' },
  });
  t.match(parse('{maxAge: 7d, before: 1d, how: {signal: USR2}, window: 1h, firstWait: 5s}'), {
    ...{ maxAgeMs: 604_800_000, beforeMs: 86_400_000, windowMs: 3_600_000, firstWaitMs: 5000 },
    how: { way: 'signal', signal: 'USR2' },
  });
  t.match(parse('{how: restart, quiet: 0s, timeout: 10m, maxAttempts: 1}'), {
    ...{ how: { way: 'restart' }, quietMs: 0, timeoutMs: 600_000, maxAttempts: 1 },
  });
});

t.test('what would end a program, or says nothing, is refused', async (t) => {
  t.match(problemsOf('{how: {signal: KILL}}'), [{ path: 'sessions.api.refresh.how' }]);
  t.match(problemsOf('{how: {command: ""}}'), [{ path: 'sessions.api.refresh.how' }]);
  t.match(problemsOf('{how: kill}'), [{ path: 'sessions.api.refresh.how' }]);
  t.match(problemsOf('{screen: [""]}'), [{ path: /refresh\.screen/ }]);
  t.match(problemsOf('{window: 30s, timeout: 1m}'), [
    { path: 'sessions.api.refresh.window', expected: 'more than timeout, which is 1m' },
  ]);
});
