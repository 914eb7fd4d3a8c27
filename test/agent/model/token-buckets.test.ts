import t from 'tap';
import { createTokenBuckets } from '../../../agent/model/token-buckets.ts';

const limits = { most: 100, perSecond: 10 };

t.test('who caused too much waits until it is made good, and nobody else does', async (t) => {
  let now = 0;
  const { spend, waitMs } = createTokenBuckets(() => now, limits);
  spend(1, 100);
  t.equal(waitMs(1), 0, 'as much as is allowed');
  spend(1, 50);
  t.equal(waitMs(1), 5000);
  t.equal(waitMs(2), 0);
  now += 4000;
  t.equal(waitMs(1), 1000);
  now += 1000;
  t.equal(waitMs(1), 0);
  now += 3_600_000;
  spend(1, 110);
  t.equal(waitMs(1), 1000, 'no more is saved than the most');
});

t.test('it is news once, until half of it is there again', async (t) => {
  let now = 0;
  const { spend, waitMs, isNews } = createTokenBuckets(() => now, limits);
  spend(1, 101);
  t.ok(isNews(1));
  spend(1, 1);
  t.notOk(isNews(1));
  now += 2000;
  t.equal(waitMs(1), 0);
  t.notOk(isNews(1));
  now += 5000;
  t.ok(isNews(1));
});
