import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { AlertsConfig } from '../../model/config/config.ts';
import type { Paths } from '../../paths.ts';

const hasToken = (credentialsDir: string | null): boolean =>
  credentialsDir !== null &&
  (statSync(join(credentialsDir, 'telegram-token'), { throwIfNoEntry: false })?.size ?? 0) > 0;

const hasAny = (record: object): boolean => Object.keys(record).length > 0;

/** Whether there is anybody to be told anything. Without it the notifier would only take memory. */
export const isNotifierWanted = (
  { credentialsDir }: Pick<Paths, 'credentialsDir'>,
  { webhooks, ntfy, commands, deadman }: AlertsConfig,
): boolean =>
  hasToken(credentialsDir) || [webhooks, ntfy, commands].some(hasAny) || deadman !== null;
