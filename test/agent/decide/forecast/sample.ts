import type { Gauge } from '../../../../agent/decide/forecast/gauges.ts';
import { addMeasure, emptySeries, type Series } from '../../../../agent/model/series.ts';
import type { KnownForecast } from '../../../../agent/model/state.ts';

export const minute = 60_000;
export const start = Date.UTC(2026, 10, 20);
export const limit = 2 ** 31;

/** A series as it is after `minutes`, measured every five seconds. */
export const seriesOf = (minutes: number, value: (minute: number) => number): Series => {
  const series = emptySeries();
  for (let ms = 0; ms <= minutes * minute; ms += 5000) {
    addMeasure(series, start + ms, value(ms / minute) * limit);
  }
  return series;
};

export const gauge: Gauge = {
  what: 'memory',
  ...{ session: 'api', server: 'main', life: 'boot/1-1/$1', path: null },
  ...{ at: start, value: limit * 0.8, limit, limitOf: 'session', quietUntil: 0 },
};

export const knownOf = (more: Partial<KnownForecast> = {}): KnownForecast => {
  const { quietUntil: _, ...subject } = gauge;
  return { ...subject, reachesAt: start + 40 * minute, slope: 1000, since: start, ...more };
};
