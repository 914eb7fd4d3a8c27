import type { Config } from '../model/config/config.ts';
import type { AlertSettings } from '../protocol/notifier.ts';

/** What the notifier works by, of the configuration in force. */
export const alertSettings = ({ alerts, sessions }: Config, host: string): AlertSettings => ({
  alerts,
  sessions: Object.fromEntries(
    Object.entries(sessions).map(([name, { importance = 'normal', restart, health }]) => [
      name,
      {
        importance,
        restart: restart !== 'never',
        ...(health && { waitingSeverity: health.waitingSeverity }),
      },
    ]),
  ),
  host,
});
