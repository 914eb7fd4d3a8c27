import type { Evidence } from '../../../agent/explain/evidence.ts';
import type { DeathRecord } from '../../../agent/model/events/death.ts';

export const at = Date.UTC(2026, 0, 1);

/** The record of one death, about which nothing special is known. */
export const death = (changes: Partial<DeathRecord> = {}): DeathRecord => ({
  life: 'boot0001/4211-88231/$1',
  session: 'bot',
  server: 'main',
  instance: { pid: 4211, startTime: 88_231 },
  tmuxId: '$1',
  tmuxName: 'bot',
  declared: true,
  incident: '1',
  lastSeen: at - 900,
  found: at,
  ageMs: 60_000,
  supervisedMs: 60_000,
  resyncs: 4,
  panes: [],
  exit: null,
  watched: 'live',
  lastCommand: { text: '', source: 'not known' },
  screens: [],
  alive: 3,
  others: [],
  usage: null,
  host: null,
  serverState: 'alive',
  trimmed: [],
  ...changes,
});

export const status = (code: number) => ({ status: code, signal: null, at });
export const signal = (number: number) => ({ status: null, signal: number, at });

export const evidence = (changes: Partial<Evidence> = {}): Evidence => ({
  server: { name: 'main', managed: true },
  serverEnd: null,
  trouble: null,
  reboot: null,
  deaths: [death()],
  ...changes,
});

/** The machine as it was measured two seconds before. */
export const hostWith = (
  changes: Partial<NonNullable<DeathRecord['host']>> = {},
): NonNullable<DeathRecord['host']> => ({
  ...{ at: at - 2000, load: [0, 0, 0], cpuBusy: 0, pressure: null, processes: [] },
  ...{ memoryTotalBytes: 100, memoryAvailableBytes: 60, oomKills: 4, processors: 2 },
  ...changes,
});
