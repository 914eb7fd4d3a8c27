import { collector } from '../collector.ts';

/** Sessions of a group, or restarted ones, may have one name. */
const soonestOf = <T extends { reachesAt: number }>(list: readonly T[]): number =>
  list.reduce((soonest, { reachesAt }) => Math.min(soonest, reachesAt), Number.POSITIVE_INFINITY);

export const forecasts = collector({
  name: 'forecasts',
  about:
    'What is going to be used up, if it goes on so ([FORECASTS.md](FORECASTS.md)). Absent where nothing is.',
  input: ({ state }) => state.document?.forecasts ?? null,
  families: [
    {
      name: 'holdfast_forecast_reached_timestamp_seconds',
      type: 'gauge',
      help: 'When something reaches its limit, by what it is and whose: `session` and `server` are empty for what is of the machine, `path` for all but file systems.',
      labels: ['what', 'session', 'server', 'path'],
      samples: (list) => {
        const each = Map.groupBy(list, ({ what, session, server, path }) =>
          JSON.stringify([what, session ?? '', server ?? '', path ?? '']),
        );
        return [...each].map(([key, same]) => {
          const [what = '', session = '', server = '', path = ''] = JSON.parse(key) as string[];
          return { labels: { what, session, server, path }, value: soonestOf(same) / 1000 };
        });
      },
    },
  ],
});
