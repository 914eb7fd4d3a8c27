import { duration } from '../../../model/duration.ts';
import type { ForecastEvents } from '../../../model/events/forecast.ts';
import { forecastSubject, forecastText } from '../../../model/text/forecast-text.ts';
import type { Texts } from './texts.ts';

export const forecastTexts: Texts<ForecastEvents> = {
  'forecast.warned': (data) => forecastText(data, data.at),
  'forecast.cleared': ({ afterMs, end, ...subject }) =>
    `${forecastSubject(subject)}: no warning any more after ${duration(afterMs)} (${end})`,
};
