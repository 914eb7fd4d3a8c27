import type { DeathRecord } from '../model/events/death.ts';
import type { CgroupSample } from '../model/events/measures.ts';
import type { SourceFact } from '../model/source-fact.ts';
import type { State } from '../model/state.ts';
import { unitsServer } from '../model/unit-state.ts';
import type { Testimony, WitnessedCommand } from '../model/witnessed.ts';
import type { Evidence, MemoryCount, Oom } from './evidence.ts';
import { mayBeKilled } from './exits.ts';
import { knownPanes } from './known-panes.ts';
import { killsAround } from './memory-kills.ts';

/** What came in about one incident. */
export interface Case {
  deaths: DeathRecord[];
  serverEnd: Evidence['serverEnd'];
  /** Kills for want of memory, as counted at the news of the last of it. */
  memory?: MemoryCount | null;
}

/** What is known besides. */
export interface Background {
  state(): State;
  bootId: string;
  /** Whether the run before this one was told to stop. */
  cleanStop: boolean;
  /** What the kernel counts now in the cgroup a session had; null: it cannot be seen, or is gone. */
  oomsOf?(death: DeathRecord): OomCounts | null;
  /** What the witness said when it was asked about the panes of the deaths and about their server. */
  testimony?: Testimony | null;
  /** The same of the minute before that. */
  earlier?: Evidence['earlier'];
  /** Why it said nothing. */
  untold?: string;
  /** What other sources wrote down, where they were asked. */
  facts?: readonly SourceFact[];
  unread?: readonly string[];
  /** What the witness saw begin that names their units or logins. */
  commands?: readonly WitnessedCommand[];
  /** Names of users by their number. */
  userNames?: Readonly<Record<number, string>>;
}

export type OomCounts = Pick<CgroupSample, 'oomKills' | 'ownOoms' | 'unitOoms'>;

/** systemd's word on units that died is known at once. */
const unitResults = (deaths: readonly DeathRecord[]): SourceFact[] =>
  deaths.flatMap(({ unit, found: at }) =>
    unit
      ? [
          {
            ...{ kind: 'unit-result', at, source: 'systemd', unit: unit.name, result: unit.result },
            text: `${unit.name}: Result=${unit.result}`,
          } as const,
        ]
      : [],
  );

/** What the witness and other sources said, and what it takes to read that. */
const toldOf = (
  deaths: readonly DeathRecord[],
  { state, testimony = null, earlier, untold, userNames = {}, facts, unread, commands }: Background,
): Partial<Evidence> => {
  const own = unitResults(deaths);
  return {
    testimony,
    ...(earlier ? { earlier } : {}),
    ...(untold === undefined ? {} : { untold }),
    ours: Object.values(state().links).map(({ pid }) => pid),
    panes: knownPanes(state(), deaths),
    users: userNames,
    ...(facts || own.length > 0 ? { facts: [...(facts ?? []), ...own], unread: unread ?? [] } : {}),
    ...(commands ? { commands } : {}),
  };
};

/** A cgroup is made with its session: one that was never measured began with nothing. */
const atBeginning = { oomKills: 0, ownOoms: 0, unitOoms: null };

/** @param before of the unit null: a session that was never measured may have begun after its unit had counted some */
const whoseOf = (
  now: OomCounts,
  before: { ownOoms: number; unitOoms: number | null },
): Oom['whose'] => {
  if (now.ownOoms > before.ownOoms) return 'session';
  if (before.unitOoms === null) return now.unitOoms > 0 ? 'unknown' : 'machine';
  return now.unitOoms > before.unitOoms ? 'unit' : 'machine';
};

const oomOf = (death: DeathRecord, now: OomCounts | null): Oom[] => {
  // A session may also live on without what the kernel killed in it.
  if (!now || !mayBeKilled(death)) return [];
  const sampled = death.usage?.cgroup;
  const before = sampled ?? atBeginning;
  const kills = now.oomKills - before.oomKills;
  if (kills <= 0) return [];
  const whose = whoseOf(now, before);
  const limitBytes = sampled?.memoryMaxBytes ?? null;
  return [{ session: death.session, at: death.found, kills, whose, limitBytes }];
};

/** The evidence of one incident on `server`. */
export const gather = (
  server: string,
  { deaths, serverEnd, memory }: Case,
  background: Background,
): Evidence => {
  const { state, bootId, cleanStop, oomsOf } = background;
  const known = state().servers[server];
  const boot = bootId.slice(0, 8);
  const isUnits = server === unitsServer;
  const rebooted = !isUnits && deaths.some(({ life }) => !life.startsWith(`${boot}/`));
  const trouble = deaths[0]?.serverState;
  return {
    server: {
      name: server,
      managed: known?.managed ?? isUnits,
      // A successor may be there by now.
      instance: isUnits ? null : (deaths[0]?.instance ?? known?.instance ?? null),
      ...(known ? { socket: known.socket } : {}),
    },
    serverEnd,
    trouble: trouble === 'hung' || trouble === 'socket-lost' ? trouble : null,
    reboot: rebooted ? { clean: cleanStop } : null,
    deaths,
    ooms: deaths.flatMap((death) => oomOf(death, oomsOf?.(death) ?? null)),
    memoryKills: killsAround({ deaths, serverEnd }, memory),
    ...toldOf(deaths, background),
  };
};
