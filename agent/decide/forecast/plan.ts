import type { NewEvent } from '../../model/event.ts';
import type { Forecast } from '../../model/events/forecast.ts';
import type { KnownForecast } from '../../model/state.ts';
import type { Gauge } from './gauges.ts';
import type { Reach } from './reach.ts';

/** So long nothing may be foretold before a warning is taken back: what grows in steps rests between them, ms. */
const easedMs = 15 * 60_000;

const minuteMs = 60_000;

const warned = (gauge: Gauge, { value, limit, slope, reachesAt }: Reach, at: number): NewEvent => {
  const { what, session, server, life, path, limitOf } = gauge;
  const subject = { what, session, server, life, path };
  const data: Forecast = { ...subject, at, reachesAt, value, limit, limitOf, slope };
  return { at, type: 'forecast.warned', data };
};

const cleared = (known: KnownForecast, end: 'eased' | 'ended', at: number): NewEvent => {
  const { what, session, server, life, path, since } = known;
  const afterMs = Math.max(0, at - since);
  return {
    at,
    type: 'forecast.cleared',
    data: { what, session, server, life, path, afterMs, end },
  };
};

/** It comes in less than half of the time that people were told, or they were told of a time that is over. */
const isNews = (known: KnownForecast, reach: Reach, now: number): boolean =>
  now > known.reachesAt + minuteMs ||
  (reach.reachesAt - now) * 2 < known.reachesAt - now - minuteMs;

/**
 * What is to be said of one thing now; null: nothing new.
 * @param calmSince since when nothing is foretold of it; null: it is, or nobody can tell
 */
export const planForecast = (
  known: KnownForecast | null,
  gauge: Gauge,
  reach: Reach | null,
  calmSince: number | null,
  now: number,
): NewEvent | null => {
  if (reach) return !known || isNews(known, reach, now) ? warned(gauge, reach, now) : null;
  const eased = calmSince !== null && now - calmSince >= easedMs;
  return known && eased ? cleared(known, 'eased', now) : null;
};

/** Warnings of sessions that are no more. */
export const endedForecasts = (
  known: Readonly<Record<string, KnownForecast>>,
  lives: Readonly<Record<string, unknown>>,
  now: number,
): NewEvent[] =>
  Object.values(known)
    .filter(({ life }) => life !== null && !Object.hasOwn(lives, life))
    .map((forecast) => cleared(forecast, 'ended', now));
