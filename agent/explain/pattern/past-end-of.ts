import type { DeathRecord } from '../../model/events/death.ts';
import type { Verdict } from '../../model/events/incident.ts';
import type { Incident } from '../../model/state.ts';
import type { PastDeath, PastEnd } from './past-end.ts';

/** A program that is always there precedes nothing: only what was run in it does. */
const commandIn = ({ lastCommand, panes }: DeathRecord): string | null => {
  const { text, source } = lastCommand;
  if (source === 'not known' || text === '') return null;
  return panes.some(({ command }) => command.includes(text)) ? null : text;
};

const pastDeath = (record: DeathRecord): PastDeath => {
  const { session, ageMs, panes, host, unit } = record;
  const lines = panes.map(({ historyLines }) => historyLines);
  return {
    ...{ session, ageMs, lastCommand: commandIn(record) },
    historyLines: lines.length > 0 ? Math.max(...lines) : null,
    memoryFree: host ? host.memoryAvailableBytes / host.memoryTotalBytes : null,
    programs: panes.map(({ command }) => command),
    ...(unit ? { unit: unit.name } : {}),
  };
};

/** How the logs of packages are called in what is known of an end (`agent/observe/sources/packages.ts`). */
const packageLogs = 'packages';

/** Verdicts of older releases do not tell what came before. */
const followsPackages = ({ evidence, preceded }: Verdict): boolean | null => {
  const told = [...evidence, ...(preceded ?? [])].some(({ source }) => source === packageLogs);
  return told || (preceded === undefined ? null : false);
};

/** Null while there is no verdict. @param record of one of its deaths, where one is known */
export const pastEndOf = (incident: Incident, record: DeathRecord | null): PastEnd | null => {
  const { verdict, server, openedAt, sessions } = incident;
  if (verdict === null) return null;
  const { cause, scope, signal, actor, confidence } = verdict;
  return {
    ...{ incident: incident.incident, server, at: openedAt, sessions, cause, scope },
    vagueMs: record ? Math.max(0, record.found - record.lastSeen) : 0,
    signal: signal?.name ?? null,
    actor: confidence === 'possible' ? null : (actor ?? null),
    certain: confidence === 'certain',
    afterPackages: followsPackages(verdict),
    death: record && pastDeath(record),
  };
};
