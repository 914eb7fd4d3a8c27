import { buildAlerts } from './build-alerts.ts';
import { healthOf } from './build-health.ts';
import { policyOf, recoveryOf } from './build-recovery.ts';
import { refreshOf } from './build-refresh.ts';
import type { Config, Restart, SessionConfig, SessionLimits, UnitConfig } from './config.ts';
import type { Declarations } from './declarations.ts';
import { expandHome } from './home.ts';
import type { SessionEntry } from './schema/session.ts';
import type { UnitEntry } from './schema/unit.ts';
import type { MainFile } from './schema.ts';
import { serviceOf } from './unit-names.ts';
import { durationOf, sizeOf } from './written.ts';

const limitsOf = (limits: NonNullable<SessionEntry['limits']>): SessionLimits => ({
  memoryMax: sizeOf(limits.memoryMax),
  memoryHigh: sizeOf(limits.memoryHigh),
  tasksMax: limits.tasksMax ?? null,
  cpuWeight: limits.cpuWeight ?? null,
});

/** `true` and `false` are what one wrote before there were three. */
const restartOf = (restart: SessionEntry['restart']): Restart => {
  if (typeof restart === 'string') return restart;
  return restart ? 'on-failure' : 'never';
};

const sessionOf = (
  { recovery: forAll }: MainFile,
  entry: SessionEntry,
  home: string,
): SessionConfig => ({
  server: entry.server,
  command: entry.command ?? null,
  cwd: expandHome(entry.cwd ?? null, home),
  env: entry.env,
  restart: restartOf(entry.restart),
  ...(entry.resumeCommand !== undefined && { resumeCommand: entry.resumeCommand }),
  ...(entry.after && entry.after.length > 0 && { after: entry.after }),
  ...(entry.recovery && { recovery: policyOf(forAll, entry.recovery) }),
  ...(entry.importance !== 'normal' && { importance: entry.importance }),
  ...(entry.limits && { limits: limitsOf(entry.limits) }),
  ...(entry.health && { health: healthOf(entry.health, expandHome(entry.cwd ?? null, home)) }),
  ...(entry.refresh && { refresh: refreshOf(entry.refresh, expandHome(entry.cwd ?? null, home)) }),
});

const unitOf = ({ recovery: forAll }: MainFile, name: string, entry: UnitEntry): UnitConfig => ({
  unit: serviceOf(name, entry.unit),
  ...(entry.health && {
    health: healthOf({ ...entry.health, shell: false, waitingSeverity: 'warning' }, null),
  }),
  ...(entry.refresh && { refresh: refreshOf({ ...entry.refresh, screen: [] }, null) }),
  ...(entry.recovery && { recovery: policyOf(forAll, entry.recovery) }),
});

/** Turns right declarations into the configuration: units into numbers, `~/` into `home`. */
export const buildConfig = (
  { main, servers, sessions, perOwner }: Declarations,
  home: string,
): Config => ({
  servers,
  autoAdopt: main.adopt === 'auto',
  serversAreUnits: perOwner,
  sessions: Object.fromEntries(
    Object.entries(sessions).map(([name, entry]) => [name, sessionOf(main, entry, home)]),
  ),
  ...(Object.keys(main.units).length > 0 && {
    units: Object.fromEntries(
      Object.entries(main.units).map(([name, entry]) => [name, unitOf(main, name, entry)]),
    ),
  }),
  log: main.log,
  retention: {
    maxAgeMs: durationOf(main.retention.maxAge),
    maxBytes: sizeOf(main.retention.maxSize) ?? Number.NaN,
  },
  recovery: recoveryOf(main.recovery),
  health: { intervalMs: durationOf(main.health.interval) },
  alerts: buildAlerts(main.alerts),
});
