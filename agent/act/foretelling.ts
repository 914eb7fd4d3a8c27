import { type Gauge, gaugesOf } from '../decide/forecast/gauges.ts';
import { endedForecasts, planForecast } from '../decide/forecast/plan.ts';
import { isKnown, reachOf } from '../decide/forecast/reach.ts';
import type { NewEvent } from '../model/event.ts';
import { forecastKey } from '../model/forecast-key.ts';
import type { Samples } from '../model/samples.ts';
import { addMeasure, emptySeries, type Series } from '../model/series.ts';
import type { State } from '../model/state.ts';

export interface ForetellingPorts {
  state(): State;
  samples: Samples;
  record(events: NewEvent[]): void;
  now(): number;
}

/** What is foretold once, and a minute later no more, was no trend. */
const leastLooks = 3;

/** Looks after each measure whether something is going to be used up, and says so once. */
export const createForetelling = ({ state, samples, record, now }: ForetellingPorts) => {
  /** Since when nothing is foretold of what was warned of. */
  const calm = new Map<string, number>();
  /** How many looks in a row foretell it. */
  const held = new Map<string, number>();

  const seriesOf = (key: string): Series => {
    const series = samples.series.get(key) ?? emptySeries();
    samples.series.set(key, series);
    return series;
  };

  const look = (gauge: Gauge): NewEvent | null => {
    const key = forecastKey(gauge);
    const series = seriesOf(key);
    if (!addMeasure(series, gauge.at, gauge.value)) return null;
    const known = state().forecasts?.[key] ?? null;
    const reach = gauge.at < gauge.quietUntil ? null : reachOf(series, gauge.limit, gauge.at);
    const looks = reach ? (held.get(key) ?? 0) + 1 : 0;
    held.set(key, looks);
    if (reach || !known || !isKnown(series)) calm.delete(key);
    else if (!calm.has(key)) calm.set(key, gauge.at);
    return planForecast(
      known,
      gauge,
      looks >= leastLooks ? reach : null,
      calm.get(key) ?? null,
      gauge.at,
    );
  };

  /** What is no longer measured is forgotten. */
  const forget = (gauges: readonly Gauge[]): void => {
    const kept = new Set(gauges.map(forecastKey));
    for (const key of samples.series.keys()) if (!kept.has(key)) samples.series.delete(key);
    for (const map of [calm, held]) {
      for (const key of map.keys()) if (!kept.has(key)) map.delete(key);
    }
  };

  return (): void => {
    const { lives, forecasts = {} } = state();
    const gauges = gaugesOf(state(), samples);
    forget(gauges);
    const events = gauges.map(look).filter((event) => event !== null);
    record([...endedForecasts(forecasts, lives, now()), ...events]);
  };
};
