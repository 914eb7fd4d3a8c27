import type * as v from 'valibot';
import { type Family, type Labels, type Sample, stateSet } from '../family.ts';
import { seconds, secondsSince } from '../seconds.ts';
import { type refresh, refreshHolds } from '../state/refresh.ts';

/** The login of one session or unit. */
export interface Login {
  labels: Labels;
  refresh: v.InferOutput<typeof refresh> | null | undefined;
  isUp: boolean;
  /** ms since the epoch. */
  now: number;
}

/** Of whom, and by which labels. */
interface Those<Input> {
  kind: 'session' | 'unit';
  labels: readonly string[];
  loginsOf(input: Input): Login[];
}

const gauge = <Input>(
  { labels, loginsOf }: Those<Input>,
  name: string,
  help: string,
  value: (login: Login) => number | null,
): Family<Input> => ({
  ...{ name, type: 'gauge', help, labels },
  samples: (input) =>
    loginsOf(input).flatMap((login): Sample[] => {
      const is = value(login);
      return is === null ? [] : [{ labels: login.labels, value: is }];
    }),
});

const outcomes = <Input>({ kind, labels, loginsOf }: Those<Input>): Family<Input> => ({
  name: `holdfast_${kind}_refreshes_total`,
  type: 'counter',
  help: `Times the login of the ${kind} was to be renewed, by what came of it: \`done\`, \`failed\`, or \`needs-person\`. Counted since the ${kind} was declared.`,
  labels: [...labels, 'outcome'],
  samples: (input) =>
    loginsOf(input).flatMap(({ labels: of, refresh: line }) =>
      Object.entries(line?.counts ?? {}).map(([outcome, value]) => ({
        labels: { ...of, outcome },
        value,
      })),
    ),
});

const held = <Input>({ kind, labels, loginsOf }: Those<Input>): Family<Input> => ({
  name: `holdfast_${kind}_refresh_held`,
  type: 'gauge',
  help: `Why the login of the ${kind} is left alone: 1 for the reason that holds now, \`gave-up\` where renewing it failed too often, \`needs-person\` where somebody has to log it in. All are 0 where it is not.`,
  labels: [...labels, 'reason'],
  samples: (input) =>
    loginsOf(input).flatMap(({ labels: of, refresh: line }) =>
      line ? stateSet('reason', refreshHolds, line.held?.reason ?? null, of) : [],
    ),
});

/** Of sessions or units whose logins are renewed, or were seen to end. */
export const refreshFamilies = <Input>(those: Those<Input>): Family<Input>[] => {
  const { kind } = those;
  return [
    outcomes(those),
    gauge(
      those,
      `holdfast_${kind}_refresh_due_timestamp_seconds`,
      `When the login of the ${kind} is to be renewed, Unix time; absent where nobody knows when it runs out.`,
      ({ refresh: line, isUp }) => (isUp ? seconds(line?.dueAt) : null),
    ),
    gauge(
      those,
      `holdfast_${kind}_login_age_seconds`,
      `How old the login of the ${kind} is, as its bot says, else as the ${kind} is.`,
      ({ refresh: line, isUp, now }) => (isUp ? secondsSince(line?.login?.since, now) : null),
    ),
    held(those),
    gauge(
      those,
      `holdfast_${kind}_login_lifetime_min_seconds`,
      'How long the shortest of the newest logins lasted that ran out; absent while none was seen to.',
      ({ refresh: line }) => seconds(line?.lasted.expired?.minMs),
    ),
    gauge(
      those,
      `holdfast_${kind}_login_lifetime_median_seconds`,
      'How long half of the newest logins lasted that ran out; absent while none was seen to.',
      ({ refresh: line }) => seconds(line?.lasted.expired?.medianMs),
    ),
  ];
};
