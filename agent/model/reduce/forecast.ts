import type { ForecastEvents } from '../events/forecast.ts';
import { forecastKey } from '../forecast-key.ts';
import type { Handlers } from './handler.ts';

export const forecastHandlers: Handlers<ForecastEvents> = {
  'forecast.warned': (draft, { at, data }) => {
    if (data.life !== null && !draft.lives[data.life]) return 'unknown-life';
    const key = forecastKey(data);
    const since = draft.forecasts?.[key]?.since ?? at;
    draft.forecasts = { ...draft.forecasts, [key]: { ...data, since } };
    return undefined;
  },

  'forecast.cleared': (draft, { data }) => {
    const { [forecastKey(data)]: known, ...others } = draft.forecasts ?? {};
    if (!known) return 'unknown-forecast';
    draft.forecasts = others;
    return undefined;
  },
};
