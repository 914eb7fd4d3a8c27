import type { Config, SessionConfig } from '../../agent/model/config/config.ts';
import { noAlerts } from '../agent/model/config/sample-alerts.ts';

const session = (command: string | null, restart = true): SessionConfig => ({
  ...{ server: 'main', command, cwd: null, env: {}, restart },
});

const configWith = (sessions: Config['sessions']): Config => ({
  servers: {
    main: { kind: 'managed', tmuxConfig: null, owner: null },
    mine: { kind: 'adopted', adopt: 'default', owner: null },
  },
  sessions,
  autoAdopt: false,
  serversAreUnits: false,
  log: { level: 'info', sessions: {} },
  retention: { maxAgeMs: 1e9, maxBytes: 1e9 },
  recovery: { maxRestarts: 3, windowMs: 60_000 },
  health: { intervalMs: 30_000 },
  alerts: noAlerts,
});

const bot = session('bot');

/** Two configurations: the second one declares less. */
export const configs: readonly [Config, Config] = [
  configWith({ bot, 'shell.1:a': session(null), once: session('job', false) }),
  configWith({ bot, 'shell.1:a': session(null) }),
];
