import { duration } from '../duration.ts';
import type { Forecast, ForecastWhat } from '../events/forecast.ts';
import type { ForecastSubject } from '../forecast-key.ts';
import { type Headline, headlineOf, headlineText, type Name } from './headline.ts';
import { size } from './quantity.ts';

const minuteMs = 60_000;

const ofMachine: Readonly<Record<Exclude<ForecastWhat, 'disk' | 'inodes'>, string>> = {
  memory: 'memory',
  descriptors: 'file descriptors',
  ptys: 'terminals (ptys)',
  processes: 'processes',
};

/** `in 40m`; what should have come is due any moment. */
const whenText = (reachesAt: number, now: number): string =>
  reachesAt - now < minuteMs
    ? 'any moment'
    : `in ${duration(Math.floor((reachesAt - now) / minuteMs) * minuteMs)}`;

/** `api reaches its 2.0G in 40m`; the names in it are not made printable. */
export const forecastHeadline = (forecast: Forecast, now: number): Headline => {
  const { what, session, path, reachesAt, limit, limitOf } = forecast;
  const when = [whenText(reachesAt, now)];
  const name: Name = { name: session ?? path ?? '' };
  if (session !== null) {
    return limitOf === 'session'
      ? headlineOf`${name} reaches its ${[size(limit)]} ${when}`
      : headlineOf`${name} uses up the memory of the machine ${when}`;
  }
  if (what === 'disk') return headlineOf`the disk of ${name} is full ${when}`;
  if (what === 'inodes') return headlineOf`the disk of ${name} has no room for more files ${when}`;
  return headlineOf`the machine runs out of ${[ofMachine[what]]} ${when}`;
};

export const forecastText = (forecast: Forecast, now: number): string =>
  headlineText(forecastHeadline(forecast, now));

/** What it is about, without when. */
export const forecastSubject = ({ what, session, path }: ForecastSubject): string =>
  `${what} of ${session ?? path ?? 'the machine'}`;
