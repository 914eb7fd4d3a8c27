import type { Forecast, ForecastEvents } from '../../../model/events/forecast.ts';
import { forecastSubject, forecastText } from '../../../model/text/forecast-text.ts';
import type { Subject } from '../subject.ts';
import type { Accounts } from './account.ts';
import { seconds } from './seconds.ts';

const subject = ({
  session,
  server,
  life,
}: Pick<Forecast, 'session' | 'server' | 'life'>): Subject => ({
  ...(session === null ? {} : { session: [session] }),
  ...(server === null ? {} : { server }),
  ...(life === null ? {} : { life }),
});

export const forecastAccounts: Accounts<ForecastEvents> = {
  'forecast.warned': {
    sentence: (data) => `It goes on like this and ${forecastText(data, data.at)}`,
    subject,
  },
  'forecast.cleared': {
    sentence: (data) =>
      `No warning any more of ${forecastSubject(data)} after ${seconds(data.afterMs)} (${data.end})`,
    subject,
  },
};
