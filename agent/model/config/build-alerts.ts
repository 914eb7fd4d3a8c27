import type { Address, AlertsConfig, QuietHours } from './config.ts';
import type { AlertsEntry } from './schema/alerts.ts';
import type { AddressEntry } from './schema/channels.ts';
import { parseDuration } from './units.ts';

/** The schema has let through only what parses. */
const durationOf = (text: string): number => parseDuration(text) ?? Number.NaN;

/** `23:30` as minutes after midnight. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const quietHoursOf = ({
  from,
  to,
  timezone,
}: NonNullable<AlertsEntry['quietHours']>): QuietHours => ({
  from: minutesOf(from),
  to: minutesOf(to),
  timezone: timezone ?? null,
});

const addressOf = ({ url, urlCredential }: AddressEntry): Address => ({
  url: url ?? null,
  urlCredential: urlCredential ?? null,
});

const mapValues = <T, R>(entries: Record<string, T>, build: (entry: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, build(entry)]));

/** Right declarations as the configuration has them: absent is null, times are numbers. */
export const buildAlerts = (entry: AlertsEntry): AlertsConfig => ({
  repeatMs: durationOf(entry.repeat),
  quietHours: entry.quietHours ? quietHoursOf(entry.quietHours) : null,
  telegram: {
    // Paths are appended to it.
    apiRoot: entry.telegram.api.replace(/\/+$/, ''),
    proxy: entry.telegram.proxy ?? null,
    screens: entry.telegram.screens,
    minSeverity: entry.telegram.minSeverity,
  },
  webhooks: mapValues(entry.webhooks, ({ secretCredential, minSeverity, screens, ...address }) => ({
    ...addressOf(address),
    secretCredential: secretCredential ?? null,
    minSeverity,
    screens,
  })),
  ntfy: mapValues(entry.ntfy, ({ tokenCredential, minSeverity, screens, ...address }) => ({
    ...addressOf(address),
    tokenCredential: tokenCredential ?? null,
    minSeverity,
    screens,
  })),
  commands: entry.commands,
  deadman: entry.deadman
    ? { ...addressOf(entry.deadman), intervalMs: durationOf(entry.deadman.interval) }
    : null,
});
