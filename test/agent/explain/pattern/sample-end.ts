import type { LocalClock, PastDeath, PastEnd } from '../../../../agent/explain/pattern/past-end.ts';
import { patternOf } from '../../../../agent/explain/pattern/pattern.ts';
import type { Actor } from '../../../../agent/model/events/incident.ts';
import type { Pattern, TraitKind } from '../../../../agent/model/pattern.ts';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** 2026-11-20 05:20:00 UTC */
export const start = Date.UTC(2026, 10, 20, 5, 20);

export const utc: LocalClock = (at) => ({ day: Math.floor(at / day), ms: at % day });

/** What clocks show in a zone of the tz database. */
export const clockIn = (timeZone: string): LocalClock => {
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  return (at) => {
    const part = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day: date = 1, hour: h = 0, minute: m = 0, second: s = 0 } = part;
    return { day: Date.UTC(year, month - 1, date) / day, ms: h * hour + m * minute + s * second };
  };
};

/** A job of cron, whose script looks for every process with "mux" in its command line. */
export const cleanup = (more: Partial<Actor> = {}): Actor => ({
  ...{ pid: 4711, comm: 'pkill', cmdline: '/usr/bin/pkill -9 -f mux' },
  ...{ uid: 1000, user: 'deploy', unit: 'cron.service', session: null },
  ancestry: [
    { pid: 4710, comm: 'cleanup.sh', cmdline: '/bin/sh /opt/jobs/cleanup.sh --tmp' },
    { pid: 600, comm: 'cron', cmdline: '/usr/sbin/cron -f' },
    { pid: 1, comm: 'systemd', cmdline: '/sbin/init' },
  ],
  ...more,
});

export const pastDeath = (more: Partial<PastDeath> = {}): PastDeath => ({
  ...{ session: 'web', ageMs: 3 * hour, historyLines: null, lastCommand: null, memoryFree: null },
  programs: ['node mux.js'],
  ...more,
});

/** A SIGKILL from nobody knows where, about which nothing else is known. */
export const endAt = (at: number, more: Partial<PastEnd> = {}): PastEnd => ({
  ...{ incident: `i${at}`, server: 'main', at, vagueMs: 0, sessions: ['web'], cause: 'signal' },
  ...{ scope: 'session', signal: 'SIGKILL', actor: null, certain: true, death: null },
  afterPackages: null,
  ...more,
});

/** At times that have nothing in common: their intervals double. */
export const scattered = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => start + (2 ** i - 1) * (5 * hour + 17 * minute));

/** The pattern of the last of them. */
export const patternIn = (ends: readonly PastEnd[], clock: LocalClock = utc): Pattern | null => {
  const [present, ...history] = ends.toReversed();
  return present ? patternOf(present, history, clock) : null;
};

/** The text of one of its traits; undefined: it is not claimed. */
export const traitIn = (
  ends: readonly PastEnd[],
  kind: TraitKind,
  clock: LocalClock = utc,
): string | undefined => patternIn(ends, clock)?.traits.find((trait) => trait.kind === kind)?.text;
