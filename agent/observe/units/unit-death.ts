import { currentIncident, openIncident, withMachine } from '../../explain/incident.ts';
import type { NewEvent } from '../../model/event.ts';
import type { HostSample, MachinePoint, UsageSample } from '../../model/events/measures.ts';
import type { Instance } from '../../model/events/server.ts';
import type { UnitDeath, UnitNext } from '../../model/events/unit.ts';
import { jsonBytes } from '../../model/json-size.ts';
import type { State } from '../../model/state.ts';
import { type UnitState, unitsServer } from '../../model/unit-state.ts';
import type { Shown } from './shown.ts';

/** What was seen of a unit while it was there, and of the machine around it. */
export interface SeenUnit {
  main: Instance | null;
  usage: UsageSample | null;
  host: HostSample | null;
  /** Oldest first. */
  recent: readonly MachinePoint[];
}

/** How a death was found. */
interface Found {
  at: number;
  next: UnitNext;
  watched: UnitDeath['watched'];
}

const latelyMs = 10 * 60_000;

/**
 * A unit may crash for ever (StartLimitIntervalSec=0): once as many of its deaths are explained within one of these times, the
 * rest are counted. ms
 */
const mostExplained = [
  { most: 5, withinMs: latelyMs },
  { most: 10, withinMs: 24 * 3_600_000 },
] as const;

/** What systemd gives up is explained also at the end of such a loop, but not every second: a timer may start it again. */
const mostGivenUp = 10;

/**
 * Whether it is explained no more. The first for some time always is: people are told of it anew, and not that it is one more
 * (`sameAgainMs` of the notifier).
 */
const isOftenExplained = ({ incidents }: State, session: string, { at, next }: Found): boolean => {
  const ages = Object.values(incidents)
    .filter(({ server, sessions }) => server === unitsServer && sessions.includes(session))
    .map(({ openedAt }) => Math.abs(at - openedAt));
  const within = (ms: number): number => ages.filter((age) => age < ms).length;
  const lately = within(latelyMs);
  if (next === 'failed') return lately >= mostGivenUp;
  return lately > 0 && mostExplained.some(({ most, withinMs }) => within(withinMs) >= most);
};

/** Of the machine as it was then, not as it is now. Which others it ran is too much for each death. */
const hostAt = (host: HostSample | null, end: number): HostSample | null =>
  host && host.at <= end ? { ...host, processes: [] } : null;

/** The main process: as it was seen last, or as the log has it. */
const mainOf = ({ pid, startTime = null }: UnitState, { main }: SeenUnit): Instance | null =>
  main ?? (pid === null ? null : { pid, startTime: startTime ?? 0 });

/** As much of an event as they may take, bytes; all of them are in the incident. */
const maxOthersBytes = 2000;

/** As many of the names as an event has room for. */
const fitting = (names: readonly string[]): string[] => {
  let bytes = 0;
  return names.filter((name) => {
    bytes += jsonBytes(name) + 1;
    return bytes <= maxOthersBytes;
  });
};

/** A unit that dies twice within a moment (RestartSec= is 100 ms) did not die together with itself: each has its own. */
const openFor = (state: State, dead: UnitState & { life: string }, at: number) => {
  const isThere = currentIncident(state, unitsServer, at)?.sessions.includes(dead.session);
  return openIncident(isThere ? { ...state, incidents: {} } : state, unitsServer, [dead], at);
};

/**
 * The incident that the death of a unit belongs to, and what is to be kept of it; null: it dies so often that it is not
 * explained each time.
 * @param now.exitedAt when its main process ended; null: not known
 */
export const openDeath = (
  state: State,
  dead: UnitState & { life: string },
  seen: SeenUnit,
  now: Pick<Shown, 'exitedAt'>,
  about: Found,
): { opening: NewEvent[]; death: UnitDeath } | null => {
  const { at, watched } = about;
  if (isOftenExplained(state, dead.session, about)) return null;
  // systemd tells whole seconds.
  const end = now.exitedAt === null ? at : Math.min(at, now.exitedAt + 1000);
  const { incident, events, joined } = openFor(state, dead, at);
  const opening = events.map((event) => withMachine(event, seen.recent, end));
  const death: UnitDeath = {
    ...{ incident, watched, usage: seen.usage, host: hostAt(seen.host, end) },
    others: fitting(joined),
    ...{ main: mainOf(dead, seen), exitedAt: now.exitedAt },
  };
  return { opening, death };
};
