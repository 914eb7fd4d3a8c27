import t from 'tap';
import { retryAfterMs } from '../../../../exporters/notifier/channel/retry-after.ts';
import { generator } from '../../../e2e/random.ts';

const now = Date.UTC(2026, 0, 31, 12);
const httpDate = (at: number): string => new Date(at).toUTCString();

t.test('seconds and dates', async (t) => {
  t.equal(retryAfterMs('0', undefined, now), 0);
  t.equal(retryAfterMs(' 120 ', undefined, now), 120_000);
  t.equal(retryAfterMs(httpDate(now + 30_000), undefined, now), 30_000);
  t.equal(retryAfterMs(httpDate(now - 30_000), undefined, now), 0, 'over already');
});

t.test('a date is taken by the clock of the one that sent it', async (t) => {
  const theirs = now + 3_600_000;
  t.equal(retryAfterMs(httpDate(theirs + 5000), httpDate(theirs), now), 5000);
  t.equal(retryAfterMs(httpDate(now + 5000), 'nonsense', now), 5000);
});

t.test('nobody is left alone for more than a day', async (t) => {
  const day = 24 * 3_600_000;
  t.equal(retryAfterMs('999999999999999', undefined, now), day);
  t.equal(retryAfterMs(httpDate(now + 30 * day), undefined, now), day);
});

t.test('nonsense is no wait', async (t) => {
  for (const value of [undefined, '', '-1', '1.5', '1e9', 'soon', 'Mon, nonsense', '0x10']) {
    t.equal(retryAfterMs(value, undefined, now), null, JSON.stringify(value));
  }
});

t.test('whatever it is, the wait is none or within a day', async (t) => {
  const random = generator(1);
  const letters = '0123456789 -+.:,MonTueGMTJan\0é';
  for (let round = 0; round < 2000; round += 1) {
    const length = Math.floor(random() * 30);
    const value = Array.from({ length }, () => letters[Math.floor(random() * letters.length)]);
    const wait = retryAfterMs(value.join(''), undefined, now);
    if (wait === null) continue;
    if (!(wait >= 0 && wait <= 24 * 3_600_000)) t.fail(`${value.join('')}: ${wait}`);
  }
});
