import type { Config } from '../../../../agent/model/config/config.ts';
import { noAlerts } from './sample-alerts.ts';
import { usualRecovery } from './sample-recovery.ts';

/** One managed server and no sessions, where nothing else is said. */
export const sampleConfig = (changes: Partial<Config> = {}): Config => ({
  servers: { main: { kind: 'managed', tmuxConfig: null, owner: null } },
  sessions: {},
  autoAdopt: false,
  serversAreUnits: false,
  log: { level: 'info', sessions: {} },
  retention: { maxAgeMs: 1, maxBytes: 1 },
  recovery: usualRecovery,
  health: { intervalMs: 1 },
  alerts: noAlerts,
  ...changes,
});
