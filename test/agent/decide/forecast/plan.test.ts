import t from 'tap';
import { endedForecasts, planForecast } from '../../../../agent/decide/forecast/plan.ts';
import { gauge, knownOf, limit, minute, start } from './sample.ts';

const reachIn = (minutes: number, now = start) => ({
  ...{ value: limit * 0.9, limit, slope: 1000 },
  reachesAt: now + minutes * minute,
});

t.test('the first warning says everything', async (t) => {
  t.same(planForecast(null, gauge, reachIn(40), null, start), {
    ...{ at: start, type: 'forecast.warned' },
    data: {
      ...{ what: 'memory', session: 'api', server: 'main', life: 'boot/1-1/$1', path: null },
      ...{ at: start, limitOf: 'session', ...reachIn(40) },
    },
  });
});

t.test('it is told again when half of the time is gone for no reason, or is over', async (t) => {
  const after = (minutes: number, left: number) => {
    const now = start + minutes * minute;
    return planForecast(knownOf(), gauge, reachIn(left, now), null, now)?.type ?? null;
  };
  t.equal(after(1, 39), null, 'as it was told');
  t.equal(after(10, 25), null, 'a little sooner');
  t.equal(after(10, 10), 'forecast.warned', 'much sooner');
  t.equal(after(39, 0), null, 'as it was told, to the end');
  t.equal(after(42, 30), 'forecast.warned', 'it did not come, and is still to come');
});

t.test('it is taken back after a quarter of an hour', async (t) => {
  const calmFor = (minutes: number) =>
    planForecast(knownOf(), gauge, null, start, start + minutes * minute);
  t.equal(calmFor(14), null);
  t.match(calmFor(15), {
    type: 'forecast.cleared',
    data: { what: 'memory', session: 'api', afterMs: 15 * minute, end: 'eased' },
  });
  t.equal(planForecast(knownOf(), gauge, null, null, start + 99 * minute), null, 'nobody can tell');
  t.equal(planForecast(null, gauge, null, start, start + 99 * minute), null, 'nobody was warned');
});

t.test('a session that ended takes its warning along; what is of the machine stays', async (t) => {
  const disk = knownOf({ what: 'disk', session: null, server: null, life: null, path: '/' });
  const known = { one: knownOf(), disk };
  t.same(endedForecasts(known, { 'boot/1-1/$1': {} }, start), []);
  t.match(endedForecasts(known, {}, start - minute), [
    { type: 'forecast.cleared', data: { session: 'api', end: 'ended', afterMs: 0 } },
  ]);
});
