import type { Config, Restart, SessionConfig } from '../../agent/model/config/config.ts';
import { noAlerts } from '../agent/model/config/sample-alerts.ts';

const session = (command: string | null, restart: Restart = 'on-failure'): SessionConfig => ({
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
  recovery: {
    ...{ maxRestarts: 3, windowMs: 60_000, firstWaitMs: 1000, longestWaitMs: 8000 },
    ...{ steadyAfterMs: 30_000, probeAfterMs: 120_000, atOnce: 2 },
  },
  health: { intervalMs: 30_000 },
  alerts: noAlerts,
});

const bot = session('bot');

/** Two configurations: the second one declares less. */
export const configs: readonly [Config, Config] = [
  configWith({ bot, 'shell.1:a': session(null), once: session('job', 'never') }),
  configWith({ bot, 'shell.1:a': session(null) }),
];
