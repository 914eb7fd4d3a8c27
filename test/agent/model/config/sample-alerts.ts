import type { AlertsConfig } from '../../../../agent/model/config/config.ts';

/** What holds where the configuration says nothing. */
export const noAlerts: AlertsConfig = {
  repeatMs: 14_400_000,
  quietHours: null,
  telegram: {
    apiRoot: 'https://api.telegram.org',
    proxy: null,
    screens: true,
    minSeverity: 'warning',
  },
  webhooks: {},
  ntfy: {},
  commands: {},
  deadman: null,
};
