import { channelStatuses } from '../../../agent/model/status/notifier-status.ts';
import { distinct } from '../distinct.ts';
import { type Family, type Labels, type Sample, stateSet } from '../family.ts';
import { labelValue } from '../label.ts';
import type { NotifierLine } from '../state/notifier.ts';

type ChannelLine = NotifierLine['channels'][number];

export interface Channels {
  channels: readonly ChannelLine[];
  now: number;
}

/** People have few; this only bounds what a damaged document can do. */
const maxChannels = 100;

interface Line {
  labels: Labels;
  line: ChannelLine;
}

const linesOf = (channels: readonly ChannelLine[]): Line[] =>
  distinct(
    channels
      .slice(0, maxChannels)
      .map((line) => ({ labels: { channel: labelValue(line.channel) }, line })),
    ({ labels }) => labels.channel,
  );

const each = (
  type: 'gauge' | 'counter',
  name: string,
  help: string,
  value: (line: ChannelLine, now: number) => number | null,
): Family<Channels> => ({
  ...{ name: `holdfast_notifier_${name}`, type, help, labels: ['channel'] },
  samples: ({ channels, now }) =>
    linesOf(channels).flatMap(({ labels, line }): Sample[] => {
      const found = value(line, now);
      return found === null ? [] : [{ labels, value: found }];
    }),
});

/** Where alerts are told, each by its name, as `telegram:CHAT` or `webhook:NAME`. */
export const channelFamilies: readonly Family<Channels>[] = [
  {
    ...{ name: 'holdfast_notifier_channel_status', type: 'gauge', labels: ['channel', 'status'] },
    help: 'How a channel fares: 1 for what holds now. `waiting`: it tries again; `failed`: only a person can help.',
    samples: ({ channels }) =>
      linesOf(channels).flatMap(({ labels, line }) =>
        stateSet('status', channelStatuses, line.status, labels),
      ),
  },
  each('gauge', 'queued_messages', 'Messages that wait to be sent.', ({ queued }) => queued),
  each(
    'gauge',
    'oldest_queued_age_seconds',
    'How long the oldest of them has waited; absent where none waits.',
    ({ oldestAt }, now) => (oldestAt === null ? null : Math.max(0, now - oldestAt) / 1000),
  ),
  each(
    'gauge',
    'last_sent_timestamp_seconds',
    'When the channel last accepted a message, Unix time; absent where it never did.',
    ({ lastSentAt }) => (lastSentAt === null ? null : lastSentAt / 1000),
  ),
  each('counter', 'sent_total', 'Messages that were accepted.', ({ sent }) => sent),
  each(
    'counter',
    'retried_total',
    'Tries that failed and were repeated.',
    ({ retried }) => retried,
  ),
  each('counter', 'failed_total', 'Messages refused for good or given up.', ({ failed }) => failed),
];
