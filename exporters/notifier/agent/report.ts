import type {
  ChannelStatus,
  DeadmanStatus,
  NotifierStatus,
  TelegramStatus,
} from '../../../agent/model/status/notifier-status.ts';
import { version } from '../../../agent/model/version.ts';
import { processUse } from '../../process-use.ts';
import type { Outbox } from '../outbox/outbox.ts';

export interface ReportParts {
  desk: {
    readonly cursor: number;
    firing(): NotifierStatus['firing'];
    counts(): NotifierStatus['suppressed'];
  };
  outbox: Outbox;
  channels: readonly { readonly name: string }[];
  startedAt: number;
  telegram: TelegramStatus | null;
  deadman: DeadmanStatus | null;
}

const channelStatus = (outbox: Outbox, channel: string): ChannelStatus => {
  const { status, code, sent, retried, failed, last_sent_at } = outbox.channels.of(channel);
  const waiting = outbox.waiting(channel);
  return { channel, status, code, ...waiting, lastSentAt: last_sent_at, sent, retried, failed };
};

/** What the notifier says of itself. */
export const reportOf = (parts: ReportParts, now: number): NotifierStatus => {
  const { desk, outbox, channels, startedAt, telegram, deadman } = parts;
  const { rssBytes, anonBytes } = processUse();
  return {
    version,
    pid: process.pid,
    startedAt,
    reportedAt: now,
    rssBytes: rssBytes ?? 0,
    anonBytes: anonBytes ?? 0,
    cursor: desk.cursor,
    channels: channels.map(({ name }) => channelStatus(outbox, name)),
    firing: desk.firing(),
    suppressed: desk.counts(),
    telegram,
    deadman,
  };
};
