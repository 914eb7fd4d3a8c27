import t from 'tap';
import { createResults, mostSecondTries } from './results.ts';

t.test('the last two lines count what passed, failed and was skipped', async (t) => {
  const results = createResults();
  t.notOk(results.succeeded(), 'nothing was shown yet');
  results.pass();
  t.ok(results.succeeded());
  t.same(results.summary(), ['skipped: 0 (none)', '1 passed, 0 failed']);
  results.skip('no such thing');
  t.notOk(results.succeeded(), 'a skipped check is not a passed one');
  results.skip('no such thing', 3);
  results.skip('another');
  results.fail('suite: check');
  t.same(results.summary(), [
    'FAILED  suite: check',
    'skipped: 5 (no such thing; another)',
    '1 passed, 1 failed',
  ]);
});

t.test('what was left out on purpose is counted, and is no failure', async (t) => {
  const results = createResults();
  results.leaveOut('it takes long', 4);
  t.notOk(results.succeeded(), 'nothing was shown yet');
  results.pass();
  t.ok(results.succeeded());
  t.same(results.summary(), ['skipped: 4 (it takes long)', '1 passed, 0 failed']);
});

t.test('what was measured stands in columns', async (t) => {
  const results = createResults();
  results.measure('boot', '28 s');
  results.measure('a reboot', '31 s');
  t.same(results.table(), ['boot       28 s', 'a reboot   31 s']);
});

t.test(
  'a check is tried again once, and only a few are; that it needed to be is said',
  async (t) => {
    const results = createResults();
    t.ok(results.tryAgain('suite: a'));
    t.notOk(results.tryAgain('suite: a'), 'not a third time');
    results.pass();
    t.ok(results.tryAgain('suite: b'));
    results.fail('suite: b');
    t.ok(results.tryAgain('suite: c'));
    t.equal(results.secondTries(), mostSecondTries);
    t.notOk(results.tryAgain('suite: d'), 'no chance any more');
    t.same(results.summary(), [
      'failed once, and passed when tried again: suite: a',
      'failed once, and passed when tried again: suite: c',
      'FAILED  suite: b',
      'skipped: 0 (none)',
      '1 passed, 1 failed',
    ]);
  },
);
