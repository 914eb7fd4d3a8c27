import * as v from 'valibot';
import { duration, mapping, namedEntries, size } from './fields.ts';
import { expecting } from './message.ts';
import { alerts } from './schema/alerts.ts';
import { recovery } from './schema/recovery.ts';
import { server, serverKey } from './schema/server.ts';
import { sessionKey, sessions } from './schema/session.ts';
import { units } from './schema/unit.ts';

/*
 * The files as people write them, with units still in them. A message completes "expected …". The JSON Schema
 * and docs/CONFIG.md are generated from the descriptions, defaults and examples here.
 */

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

const level = v.picklist(levels, expecting(`one of ${levels.join(', ')}`));

const adoption = expecting('auto, none, or a list of server names');

const log = mapping({
  level: v.pipe(
    v.optional(level, 'info'),
    v.description('The least serious level that is logged.'),
  ),
  sessions: v.pipe(
    namedEntries(sessionKey, level, 'a mapping of SESSION: level'),
    v.description('Levels of single sessions.'),
    v.examples([{ api: 'debug' }]),
  ),
});

const retention = mapping({
  maxAge: v.pipe(
    v.optional(duration('1h', '3650d'), '30d'),
    v.description('Events older than this are deleted.'),
  ),
  maxSize: v.pipe(
    v.optional(size('1MiB', '1TiB'), '256MiB'),
    v.description('The oldest events are deleted while the log is larger than this.'),
  ),
});

const health = mapping({
  interval: v.pipe(
    v.optional(duration('1s', '1h'), '30s'),
    v.description('How often the agent writes a line about the health of servers and sessions.'),
  ),
});

/** holdfast.yaml. */
export const mainSchema = mapping({
  servers: v.pipe(
    namedEntries(serverKey, v.nullish(server, {}), 'a mapping of NAME: {}'),
    v.description(
      'tmux servers, by name. A managed server `main` is there by itself unless you declare a managed server or one called `main`.',
    ),
    v.examples([{ main: {}, default: { adopt: 'default' } }]),
  ),
  adopt: v.pipe(
    v.optional(v.union([v.picklist(['auto', 'none']), v.array(serverKey)], adoption), 'none'),
    v.description(
      'Running tmux servers to watch: `auto` finds the ones you have, `none`, or a list of `default` and names of `-L` sockets. A socket elsewhere, or one whose name is no server name, is declared under `servers`.',
    ),
    v.examples(['auto', ['default', 'work']]),
  ),
  sessions,
  units,
  log: v.pipe(v.nullish(log, {}), v.description('What is logged.')),
  retention: v.pipe(v.nullish(retention, {}), v.description('How long the log of events is kept.')),
  recovery: v.pipe(
    v.nullish(recovery, {}),
    v.description('How what ended is brought back, and when that stops.'),
  ),
  health: v.pipe(v.nullish(health, {}), v.description('Reports about health.')),
  alerts: v.pipe(v.nullish(alerts, {}), v.description('What people are told, and where.')),
});

/** A file of sessions.d. */
export const sessionsSchema = mapping({ sessions });

export type MainFile = v.InferOutput<typeof mainSchema>;
export type SessionsFile = v.InferOutput<typeof sessionsSchema>;
