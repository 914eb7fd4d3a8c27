import type { Seen } from '../../decide/refresh/quiet.ts';
import { botKey, botsOf } from '../../model/bot/bots.ts';
import { type Samples, sampleOf } from '../../model/samples.ts';
import type { State } from '../../model/state.ts';

/** When a message of any of its bots came or went last; null: none has, that is known. */
const lastMessageAt = (state: State, { bots }: Samples, life: string): number | null => {
  const times = botsOf(state, life)
    .map(({ bot }) => bots.get(botKey(life, bot)))
    .flatMap((sample) => [sample?.in?.lastAt, sample?.out?.lastAt])
    .filter((at) => typeof at === 'number');
  return times.length > 0 ? Math.max(...times) : null;
};

/** What was last seen of a life. */
export const seenOf = (
  state: State,
  samples: Samples,
  life: string,
  saysExpired: boolean,
): Seen => {
  const sample = sampleOf(samples, life);
  return {
    firstSeen: sample?.firstSeen ?? null,
    lastOutputAt: sample?.lastActivityAt ?? null,
    lastMessageAt: lastMessageAt(state, samples, life),
    saysExpired,
  };
};
