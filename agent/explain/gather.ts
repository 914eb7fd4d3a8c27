import type { CgroupSample, DeathRecord } from '../model/events/death.ts';
import type { State } from '../model/state.ts';
import type { Evidence, Oom } from './evidence.ts';

/** What came in about one incident. */
export interface Case {
  deaths: DeathRecord[];
  serverEnd: Evidence['serverEnd'];
}

/** What is known besides. */
export interface Background {
  state(): State;
  bootId: string;
  /** Whether the run before this one was told to stop. */
  cleanStop: boolean;
  /** What the kernel counts now in the cgroup a session had; null: it cannot be seen, or is gone. */
  oomsOf?(death: DeathRecord): OomCounts | null;
}

export type OomCounts = Pick<CgroupSample, 'oomKills' | 'ownOoms' | 'unitOoms'>;

const noOoms: OomCounts = { oomKills: 0, ownOoms: 0, unitOoms: 0 };

/** A killed program, or a shell that tells of one: a session may also live on without what the kernel killed in it. */
const wasKilled = ({ exit }: DeathRecord): boolean =>
  exit === null || exit.signal === 9 || exit.status === 128 + 9;

const oomOf = (death: DeathRecord, now: OomCounts | null): Oom[] => {
  if (!now || !wasKilled(death)) return [];
  const sampled = death.usage?.cgroup;
  // A cgroup is made with its session: one that was never measured began with nothing, but its unit did not.
  const before = sampled ?? { ...noOoms, unitOoms: now.unitOoms };
  const kills = now.oomKills - before.oomKills;
  if (kills <= 0) return [];
  const whose =
    now.ownOoms > before.ownOoms ? 'session' : now.unitOoms > before.unitOoms ? 'unit' : 'machine';
  const limitBytes = sampled?.memoryMaxBytes ?? null;
  return [{ session: death.session, at: death.found, kills, whose, limitBytes }];
};

/** The evidence of one incident on `server`. */
export const gather = (
  server: string,
  { deaths, serverEnd }: Case,
  { state, bootId, cleanStop, oomsOf }: Background,
): Evidence => {
  const boot = bootId.slice(0, 8);
  const rebooted = deaths.some(({ life }) => !life.startsWith(`${boot}/`));
  const trouble = deaths[0]?.serverState;
  return {
    server: { name: server, managed: state().servers[server]?.managed ?? false },
    serverEnd,
    trouble: trouble === 'hung' || trouble === 'socket-lost' ? trouble : null,
    reboot: rebooted ? { clean: cleanStop } : null,
    deaths,
    ooms: deaths.flatMap((death) => oomOf(death, oomsOf?.(death) ?? null)),
  };
};
