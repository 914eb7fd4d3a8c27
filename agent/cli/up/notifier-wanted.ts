import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { AlertsConfig } from '../../model/config/config.ts';
import { namedChannels } from '../../model/config/named-channels.ts';
import type { Paths } from '../../paths.ts';

const hasToken = (credentialsDir: string | null): boolean =>
  credentialsDir !== null &&
  (statSync(join(credentialsDir, 'telegram-token'), { throwIfNoEntry: false })?.size ?? 0) > 0;

const hasAny = (record: object): boolean => Object.keys(record).length > 0;

/** Whether there is anybody to be told anything. Without it the notifier would only take memory. */
export const isNotifierWanted = (
  { credentialsDir }: Pick<Paths, 'credentialsDir'>,
  alerts: AlertsConfig,
): boolean =>
  hasToken(credentialsDir) ||
  Object.values(namedChannels(alerts)).some(hasAny) ||
  alerts.deadman !== null;
