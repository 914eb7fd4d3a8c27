import type { Check, Seen } from '../check.ts';

type Probes = NonNullable<Seen['sample']['probes']>;

/** What a link was answered; each answer counts once. */
export const probed =
  (name: keyof Probes): Check<unknown> =>
  ({ sample, lookedAt }) => {
    const answer = sample.probes?.[name];
    return answer && answer.at > lookedAt ? answer : null;
  };
