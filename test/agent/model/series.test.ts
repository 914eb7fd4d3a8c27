import t from 'tap';
import { addMeasure, emptySeries, lowerMedianOf, medianOf } from '../../../agent/model/series.ts';

const minute = 60_000;
const start = 1_700_000_100_000;

t.test('a median is in the middle', async (t) => {
  t.equal(medianOf([3, 1, 2]), 2);
  t.equal(medianOf([4, 1, 3, 2]), 2.5);
  t.equal(medianOf([1, 1, 1e12]), 1, 'one that lies far out counts for nothing');
  t.ok(Number.isNaN(medianOf([])));
  t.equal(lowerMedianOf([4, 1, 3, 2]), 2, 'one that was measured');
  t.equal(lowerMedianOf([3, 1, 2]), 2);
  t.ok(Number.isNaN(lowerMedianOf([])));
});

t.test('hours take a bounded place', async (t) => {
  const series = emptySeries();
  let closed = 0;
  for (let i = 0; i < 10 * 720; i += 1) if (addMeasure(series, start + i * 5000, i)) closed += 1;
  t.equal(closed, 599, 'each minute once, but for the one that goes on');
  t.equal(series.minutes.at.length, 30);
  t.equal(series.fives.at.length, 72);
  t.equal(series.fives.value.length, 72);
  const apart = series.fives.at.slice(1).map((at, i) => at - (series.fives.at[i] ?? 0));
  t.ok(apart.every((ms) => ms === 5 * minute));
  const rises = series.fives.value.slice(1).map((value, i) => value - (series.fives.value[i] ?? 0));
  t.ok(
    rises.every((rise) => rise === 60),
    'medians of a line are a line',
  );
});

t.test('a minute with many measures does not grow, and one without is left out', async (t) => {
  const series = emptySeries();
  for (let i = 0; i < 1000; i += 1) addMeasure(series, start + i, 1);
  t.equal(series.open.length, 30);
  t.equal(addMeasure(series, start + 3 * minute, 2), true);
  t.equal(series.minutes.at.length, 1);
});

t.test('a clock that was set back, or a long sleep: it begins anew', async (t) => {
  for (const jump of [-minute, 31 * minute]) {
    const series = emptySeries();
    for (let i = 0; i < 120; i += 1) addMeasure(series, start + i * 5000, 1);
    const at = start + 119 * 5000 + jump;
    t.equal(addMeasure(series, at, 7), false);
    t.match(series, { since: at, open: [7], minutes: { at: [] }, fives: { at: [] } });
  }
});
