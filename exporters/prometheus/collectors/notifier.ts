import { isInForce } from '../../../agent/model/in-force.ts';
import { severities } from '../../../agent/model/severity.ts';
import { deadmanStatuses, pollingStatuses } from '../../../agent/model/status/notifier-status.ts';
import { collector } from '../collector.ts';
import { type Family, type Sample, single, stateSet } from '../family.ts';
import type { Status } from '../state/document.ts';
import type { NotifierLine } from '../state/notifier.ts';
import { tally } from '../tally.ts';
import type { View } from '../view.ts';
import { channelFamilies } from './notifier-channels.ts';

/** A report older than this is no longer about now; it comes every few seconds. ms */
const staleMs = 60_000;

interface Input {
  /** Null: none was made, or none lately. */
  fresh: NotifierLine | null;
  /** Null: none was made since the agent started. */
  reportedAt: number | null;
  silences: Status['silences'];
  now: number;
}

const inputOf = ({ state, now }: View): Input | null => {
  const { document } = state;
  // An agent of an older release knows of no notifier.
  if (document?.notifier === undefined) return null;
  const { notifier, silences, writtenAt } = document;
  const reportedAt = notifier?.reportedAt ?? null;
  const isFresh = reportedAt !== null && writtenAt - reportedAt <= staleMs;
  return { fresh: isFresh ? notifier : null, reportedAt, silences, now };
};

const whenFresh =
  (samples: (notifier: NotifierLine, now: number) => Sample[]): Family<Input>['samples'] =>
  ({ fresh, now }) =>
    fresh === null ? [] : samples(fresh, now);

const gauge = (
  name: string,
  help: string,
  value: (notifier: NotifierLine, now: number) => number | null,
): Family<Input> => ({
  ...{ name: `holdfast_notifier_${name}`, type: 'gauge', help, labels: [] },
  samples: whenFresh((notifier, now) => single(value(notifier, now))),
});

const ageOf = (at: number | null | undefined, now: number): number | null =>
  at === null || at === undefined ? null : Math.max(0, now - at) / 1000;

const ofChannels = channelFamilies.map(
  ({ samples, ...family }): Family<Input> => ({
    ...family,
    samples: whenFresh((notifier, now) => samples({ channels: notifier.channels, now })),
  }),
);

export const notifier = collector({
  name: 'notifier',
  about:
    'What the notifier says of itself. Where it has not reported for 60 s, only the first two of it are there.',
  input: inputOf,
  families: [
    {
      ...{ name: 'holdfast_notifier_up', type: 'gauge', labels: [] },
      help: 'Whether the notifier reported to the agent within the last 60 s.',
      samples: ({ fresh }) => single(fresh === null ? 0 : 1),
    },
    {
      ...{ name: 'holdfast_notifier_report_timestamp_seconds', type: 'gauge', labels: [] },
      help: 'When the notifier last reported, Unix time; absent while it has not since the agent started.',
      samples: ({ reportedAt }) => single(reportedAt === null ? null : reportedAt / 1000),
    },
    gauge('start_time_seconds', 'When the notifier started, Unix time.', (n) => n.startedAt / 1000),
    gauge('resident_memory_bytes', 'Resident memory of the notifier.', (n) => n.rssBytes),
    gauge('anonymous_memory_bytes', 'Anonymous memory of the notifier.', (n) => n.anonBytes),
    gauge('cursor_seq', 'Sequence number of the newest event it has taken up.', (n) => n.cursor),
    ...ofChannels,
    {
      ...{ name: 'holdfast_notifier_suppressed_total', type: 'counter', labels: ['reason'] },
      help: 'Alerts that were not told, by reason.',
      samples: whenFresh(({ suppressed }) => tally('reason', suppressed)),
    },
    {
      ...{ name: 'holdfast_notifier_alerts_firing', type: 'gauge', labels: ['severity'] },
      help: 'Alerts that are firing now.',
      samples: whenFresh(({ firing }) =>
        severities.map((severity) => ({ labels: { severity }, value: firing[severity] })),
      ),
    },
    {
      ...{ name: 'holdfast_notifier_telegram_polling', type: 'gauge', labels: ['status'] },
      help: 'How asking Telegram for updates fares: 1 for what holds now. `conflict`: another program uses the token.',
      samples: whenFresh(({ telegram }) =>
        telegram === null ? [] : stateSet('status', pollingStatuses, telegram.polling),
      ),
    },
    gauge(
      'telegram_updates_age_seconds',
      'Time since Telegram last answered a request for updates: the only sign of health.',
      ({ telegram }, now) => ageOf(telegram?.lastUpdatesAt, now),
    ),
    gauge(
      'telegram_paired_people',
      'People who are paired.',
      ({ telegram }) => telegram?.paired ?? null,
    ),
    {
      ...{ name: 'holdfast_notifier_telegram_strangers_total', type: 'counter', labels: [] },
      help: 'Updates of people who are not paired.',
      samples: whenFresh(({ telegram }) => single(telegram?.strangers ?? null)),
    },
    {
      ...{ name: 'holdfast_notifier_deadman_status', type: 'gauge', labels: ['status'] },
      help: 'How the last ping of the dead man switch fared: 1 for what holds now. `failing`: it was told that something is wrong.',
      samples: whenFresh(({ deadman }) =>
        deadman === null ? [] : stateSet('status', deadmanStatuses, deadman.status),
      ),
    },
    gauge(
      'deadman_ping_age_seconds',
      'Time since the dead man switch last took a ping.',
      ({ deadman }, now) => ageOf(deadman?.lastPingAt, now),
    ),
    {
      ...{ name: 'holdfast_silences', type: 'gauge', labels: [] },
      help: 'Silences that people asked for and that have not run out.',
      samples: ({ silences = [], now }) =>
        single(silences.filter((silence) => isInForce(silence, now)).length),
    },
  ],
});
