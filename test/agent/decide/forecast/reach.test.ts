import t from 'tap';
import { isKnown, reachOf } from '../../../../agent/decide/forecast/reach.ts';
import { limit, minute, seriesOf, start } from './sample.ts';

/** Minutes left, as foretold at the end of that many minutes; null: nothing is foretold. */
const leftAfter = (minutes: number, value: (minute: number) => number): number | null => {
  const now = start + minutes * minute;
  const reach = reachOf(seriesOf(minutes, value), limit, now);
  return reach && (reach.reachesAt - now) / minute;
};

t.test('a line is foretold to the minute', async (t) => {
  const line = (m: number) => 0.2 + (0.8 * m) / 120;
  const left = leftAfter(110, line) ?? Number.NaN;
  t.ok(Math.abs(left - 10) < 2.5, `${left}`);
  t.equal(leftAfter(30, line), null, 'too far off to be foretold');
});

t.test('what comes soonest is told', async (t) => {
  const bent = (m: number) => (m < 180 ? 0.2 + m * 0.001 : 0.38 + (m - 180) * 0.01);
  const left = leftAfter(235, bent) ?? Number.NaN;
  t.ok(left < 9, `${left}`);
});

t.test('what reached its limit already is due now', async (t) => {
  const reach = reachOf(
    seriesOf(60, (m) => 0.5 + m * 0.01),
    limit,
    start + 60 * minute,
  );
  t.equal(reach?.reachesAt, start + 60 * minute);
});

t.test('what is no trend', async (t) => {
  t.equal(
    leftAfter(15, (m) => 0.5 + m * 0.03),
    null,
    'less than twenty minutes were seen',
  );
  t.equal(
    leftAfter(120, () => 0.97),
    null,
    'much, but no more than before',
  );
  t.equal(
    leftAfter(120, (m) => 1 - m / 1000),
    null,
    'less and less',
  );
  t.equal(
    leftAfter(120, (m) => (m < 100 ? 0.3 : 0.9)),
    null,
    'one step',
  );
  t.equal(
    leftAfter(60, (m) => 0.95 * (1 - Math.exp(-m / 8))),
    null,
    'a start that comes to rest',
  );
  t.equal(
    leftAfter(340, (m) => 0.5 + 0.45 * ((m % 80) / 80)),
    null,
    'a collector that comes round seldom',
  );
});

t.test('so much was seen that silence says something', async (t) => {
  t.equal(isKnown(seriesOf(10, () => 1)), false);
  t.equal(isKnown(seriesOf(25, () => 1)), true);
});
