import { mock } from 'node:test';
import t from 'tap';
import { nextWait } from '../../../agent/model/backoff.ts';
import { createRetry } from '../../../agent/store/retry.ts';

const pace = { first: 100, longest: 500 };

t.test('waits double up to the longest', async (t) => {
  const waits: number[] = [];
  for (let wait: number | null = null; waits.length < 5; waits.push(wait)) {
    wait = nextWait(wait, pace);
  }
  t.strictSame(waits, [100, 200, 400, 500, 500]);
});

t.test('a retry waits longer each time, and from the start after a success', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  let attempts = 0;
  const retry = createRetry(pace, () => {
    attempts += 1;
  });
  const attemptsAfter = (ms: number): number => {
    mock.timers.tick(ms);
    return attempts;
  };
  retry.later();
  t.equal(attemptsAfter(99), 0);
  t.equal(attemptsAfter(1), 1);
  retry.later();
  retry.later();
  t.equal(attemptsAfter(399), 1, 'one wait takes the place of another');
  t.equal(attemptsAfter(1), 2);
  retry.later();
  retry.cancel();
  t.equal(attemptsAfter(5000), 2);
  retry.later();
  retry.reset();
  t.equal(attemptsAfter(5000), 2);
  retry.later();
  t.equal(attemptsAfter(100), 3);
});
