import t from 'tap';
import type { Forecast, ForecastWhat } from '../../../agent/model/events/forecast.ts';
import { forecastKey } from '../../../agent/model/forecast-key.ts';
import { emptySamples } from '../../../agent/model/samples.ts';
import { emptyState } from '../../../agent/model/state.ts';
import { describeStatus } from '../../../agent/model/status/describe.ts';
import {
  forecastHeadline,
  forecastSubject,
  forecastText,
} from '../../../agent/model/text/forecast-text.ts';
import { after, born, bot, running } from './sample.ts';
import { forecastCleared, forecastWarned } from './sample-events.ts';

const minute = 60_000;

const forecastOf = (more: Partial<Forecast> = {}): Forecast => ({
  ...{ what: 'memory', session: 'api', server: 'main', life: bot.life, path: null },
  ...{ at: born, reachesAt: born + 40 * minute, value: 1, limit: 2 ** 31 },
  ...{ limitOf: 'session', slope: 1 },
  ...more,
});

t.test('what is said to people', async (t) => {
  const say = (more: Partial<Forecast> = {}, now = born) => forecastText(forecastOf(more), now);
  t.equal(say(), 'api reaches its 2.0G in 40m');
  t.equal(say({}, born + 30 * minute + 1), 'api reaches its 2.0G in 9m');
  t.equal(say({}, born + 39.5 * minute), 'api reaches its 2.0G any moment');
  t.equal(say({}, born + 90 * minute), 'api reaches its 2.0G any moment');
  t.equal(say({ limitOf: 'machine' }), 'api uses up the memory of the machine in 40m');
  const machine = { session: null, server: null, life: null, limitOf: 'machine' } as const;
  const of = (what: ForecastWhat, path: string | null = null) => say({ ...machine, what, path });
  t.equal(of('disk', '/var'), 'the disk of /var is full in 40m');
  t.equal(of('inodes', '/var'), 'the disk of /var has no room for more files in 40m');
  t.equal(of('ptys'), 'the machine runs out of terminals (ptys) in 40m');
  t.equal(of('memory'), 'the machine runs out of memory in 40m');
  t.equal(forecastSubject({ ...forecastOf(machine), what: 'disk', path: '/' }), 'disk of /');
  t.equal(forecastSubject(forecastOf({ ...machine, what: 'ptys' })), 'ptys of the machine');
  t.same(forecastHeadline(forecastOf({ session: ' in 5m' }), born)[0], { name: ' in 5m' });
});

t.test('each thing has a key', async (t) => {
  const keys = [
    forecastOf(),
    forecastOf({ life: 'another' }),
    forecastOf({ life: null, what: 'disk', path: '/' }),
    forecastOf({ life: null, what: 'inodes', path: '/' }),
    forecastOf({ life: null, what: 'ptys' }),
  ].map(forecastKey);
  t.equal(new Set(keys).size, 5);
});

t.test('a warning stands until it is taken back, and knows since when', async (t) => {
  const warned = after(running, forecastWarned());
  const later = { ...forecastWarned(bot.life, born + 5000), at: born + 999 };
  const again = after(warned, later);
  const [known] = Object.values(again.forecasts ?? {});
  t.match(known, { reachesAt: born + 5000, since: born });
  t.same(after(again, forecastCleared).forecasts, {});
  t.equal(Object.keys(warned.forecasts ?? {}).length, 1, 'the state before is as it was');
  const { forecasts: _, ...older } = running;
  t.equal(
    Object.keys(after(older, forecastWarned()).forecasts ?? {}).length,
    1,
    'of an older release',
  );
});

t.test('the status document has them, soonest first', async (t) => {
  const now = { at: born, bootId: 'b', redactions: 0, notifier: null, witness: null, sources: [] };
  const disk = forecastOf({ session: null, life: null, what: 'disk', path: '/', reachesAt: born });
  const event = { at: born, type: 'forecast.warned', data: disk } as const;
  const state = after(running, forecastWarned(), event);
  const document = describeStatus(state, emptySamples(), { ...now, agent: {} as never });
  t.match(document.forecasts, [
    { what: 'disk', text: 'the disk of / is full any moment', since: born },
    { what: 'memory', session: 'bot', text: 'bot reaches its 2.0G in 40m' },
  ]);
  const { forecasts: _, ...older } = emptyState();
  t.same(describeStatus(older, emptySamples(), { ...now, agent: {} as never }).forecasts, []);
});
