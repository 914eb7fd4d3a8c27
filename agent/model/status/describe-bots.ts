import type { BotState } from '../bot/bot-state.ts';
import { botKey, botsOf } from '../bot/bots.ts';
import type { BotSample, Samples } from '../samples.ts';
import type { State } from '../state.ts';
import type { BotStatus } from './bot-status.ts';

const stateOf = ({ lost, connection }: BotState, sample: BotSample | undefined) =>
  lost ? 'lost' : ((sample ? sample.connection : connection) ?? 'unknown');

const heardOf = (sample: BotSample | undefined) => ({
  heardAt: sample?.heardAt ?? null,
  pid: sample?.pid ?? null,
  startedAt: sample?.startedAt ?? null,
  in: sample?.in ?? null,
  out: sample?.out ?? null,
  reconnects: sample?.reconnects ?? null,
  errors: sample?.errors ?? null,
  counters: sample?.counters ?? {},
  timings: sample?.timings ?? {},
});

const describeBot = (known: BotState, sample: BotSample | undefined): BotStatus => {
  const { bot, since, needs, error, lost } = known;
  return {
    ...{ bot, since, needs, state: stateOf(known, sample), changes: known.changes ?? 0 },
    why: sample?.why ?? known.why,
    ...heardOf(lost ? undefined : sample),
    lastError: error && { at: error.at, name: error.name, message: error.message },
    login: sample?.login ?? known.login,
  };
};

/** The bots of a life, by their names. */
export const describeBots = (state: State, samples: Samples, life: string): BotStatus[] =>
  botsOf(state, life)
    .toSorted((a, b) => (a.bot < b.bot ? -1 : 1))
    .map((known) => describeBot(known, samples.bots.get(botKey(life, known.bot))));
