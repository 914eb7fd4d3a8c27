import { countArrivals, type Total } from '../../model/bot/arrivals.ts';
import { botKey, botsOf } from '../../model/bot/bots.ts';
import type { HealthChecks } from '../../model/config/health.ts';
import type { BotSample, LifeSample, Samples } from '../../model/samples.ts';
import type { State } from '../../model/state.ts';

/** The bots of a life that are heard and count the messages they receive, by name. @param wanted null: all of them */
export const countingBots = (
  state: Pick<State, 'bots'>,
  samples: Samples,
  life: string,
  wanted: string | null,
): ReadonlyMap<string, BotSample> =>
  new Map(
    botsOf(state, life).flatMap(({ bot }) => {
      const sample = samples.bots.get(botKey(life, bot));
      return sample?.in && (wanted === null || bot === wanted) ? [[bot, sample]] : [];
    }),
  );

const totalsOf = (bots: ReadonlyMap<string, BotSample>): Total[] =>
  [...bots].map(([bot, { startedAt, in: received }]) => ({
    ...{ bot, startedAt, count: received?.count ?? 0 },
  }));

/** Keeps with the sample of a life how many messages its bots received of late, where its health depends on it. */
export const countMessages = (
  state: Pick<State, 'bots'>,
  samples: Samples,
  { life, sample }: { life: string; sample: LifeSample },
  { messages }: HealthChecks,
  now: number,
): void => {
  if (!messages) {
    delete sample.arrivals;
    return;
  }
  const bots = countingBots(state, samples, life, messages.bot);
  sample.arrivals = countArrivals(sample.arrivals, totalsOf(bots), now, messages.withinMs);
};
