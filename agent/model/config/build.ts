import type { Config, SessionConfig } from './config.ts';
import type { Declarations } from './declarations.ts';
import { expandHome } from './home.ts';
import type { SessionEntry } from './schema.ts';
import { parseDuration, parseSize } from './units.ts';

const sessionOf = (entry: SessionEntry, home: string): SessionConfig => ({
  server: entry.server,
  command: entry.command ?? null,
  cwd: expandHome(entry.cwd ?? null, home),
  env: entry.env,
  restart: entry.restart,
});

/** The schema has let through only what parses. */
const parsed = (value: number | null): number => value ?? Number.NaN;

/** Turns right declarations into the configuration: units into numbers, `~/` into `home`. */
export const buildConfig = ({ main, servers, sessions }: Declarations, home: string): Config => ({
  servers,
  autoAdopt: main.adopt === 'auto',
  sessions: Object.fromEntries(
    Object.entries(sessions).map(([name, entry]) => [name, sessionOf(entry, home)]),
  ),
  log: main.log,
  retention: {
    maxAgeMs: parsed(parseDuration(main.retention.maxAge)),
    maxBytes: parsed(parseSize(main.retention.maxSize)),
  },
  recovery: {
    maxRestarts: main.recovery.maxRestarts,
    windowMs: parsed(parseDuration(main.recovery.window)),
  },
  health: { intervalMs: parsed(parseDuration(main.health.interval)) },
});
