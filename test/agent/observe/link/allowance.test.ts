import t from 'tap';
import { createAllowance } from '../../../../agent/observe/link/allowance.ts';

t.test('events and time are counted, each for itself', async (t) => {
  const { spend, waitMs, isNews } = createAllowance(() => 0);
  spend(1, 10_020, 10_000);
  t.equal(waitMs(1), 1000);
  spend(2, 10_000, 10_400);
  t.equal(waitMs(2), 2000);
  t.strictSame([isNews(1), isNews(1), isNews(2)], [true, false, true]);
});
