import type { Forecast } from './events/forecast.ts';

/** What may be used up, and whose it is. */
export type ForecastSubject = Pick<Forecast, 'what' | 'session' | 'server' | 'life' | 'path'>;

/** One for each thing that may be used up. */
export const forecastKey = ({ what, life, path }: Pick<Forecast, 'what' | 'life' | 'path'>) =>
  `${what} ${life ?? path ?? ''}`.trimEnd();
