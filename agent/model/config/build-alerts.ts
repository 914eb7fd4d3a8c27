import { dayHoursOf } from './build-hours.ts';
import type { Address, AlertsConfig } from './config.ts';
import type { AlertsEntry } from './schema/alerts.ts';
import type { AddressEntry } from './schema/channels.ts';
import { durationOf } from './written.ts';

const addressOf = ({ url, urlCredential }: AddressEntry): Address => ({
  url: url ?? null,
  urlCredential: urlCredential ?? null,
});

const mapValues = <T, R>(entries: Record<string, T>, build: (entry: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, build(entry)]));

/** Right declarations as the configuration has them: absent is null, times are numbers. */
export const buildAlerts = (entry: AlertsEntry): AlertsConfig => ({
  repeatMs: durationOf(entry.repeat),
  quietHours: entry.quietHours ? dayHoursOf(entry.quietHours) : null,
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
