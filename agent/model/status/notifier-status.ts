import type { Severity } from '../severity.ts';

/** What the notifier says of itself. Times are ms since the epoch; counters go on across its restarts. */
export interface NotifierStatus {
  version: string;
  pid: number;
  startedAt: number;
  reportedAt: number;
  rssBytes: number;
  anonBytes: number;
  /** The last event it has taken up. */
  cursor: number;
  channels: ChannelStatus[];
  /** Alerts that are firing now. */
  firing: Record<Severity, number>;
  /** What was not told, by the name of the reason. */
  suppressed: Record<string, number>;
  telegram: TelegramStatus | null;
  deadman: DeadmanStatus | null;
}

/** `waiting`: it tries again; `failed`: only a person can help. */
export const channelStatuses = ['ok', 'waiting', 'failed'] as const;

export interface ChannelStatus {
  /** `telegram:CHAT`, `webhook:NAME`, `ntfy:NAME`, `command:NAME`. */
  channel: string;
  status: (typeof channelStatuses)[number];
  /** Of the newest failure, e.g. `429`, `ECONNREFUSED`; empty while there is none. */
  code: string;
  /** What waits to be sent. */
  queued: number;
  oldestAt: number | null;
  lastSentAt: number | null;
  sent: number;
  retried: number;
  failed: number;
}

/** `conflict`: another program uses the token; `unauthorized`: the token is wrong. */
export const pollingStatuses = ['ok', 'waiting', 'conflict', 'unauthorized'] as const;

export interface TelegramStatus {
  /** Without `@`; empty until the bot said it. */
  bot: string;
  polling: (typeof pollingStatuses)[number];
  /** Of the last getUpdates that was answered: the only sign of health. */
  lastUpdatesAt: number | null;
  paired: number;
  /** Updates of people who are not paired. */
  strangers: number;
}

/** Of the last ping. `failing`: it was told that something is wrong. */
export const deadmanStatuses = ['ok', 'failing', 'unreachable'] as const;

export interface DeadmanStatus {
  status: (typeof deadmanStatuses)[number];
  lastPingAt: number | null;
}
