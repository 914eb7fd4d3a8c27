import type { DeathRecord } from '../model/events/death.ts';
import type { Instance, ServerEnd } from '../model/events/server.ts';
import type { SourceFact } from '../model/source-fact.ts';
import type { Testimony, WitnessedCommand } from '../model/witnessed.ts';

/** Everything an incident can be explained from. Facts only, gathered before `explain` is asked. */
export interface Evidence {
  /** `instance`: the run of it that the deaths belong to; `socket`: where its clients find it. */
  server: { name: string; managed: boolean; instance?: Instance | null; socket?: string };
  /** How the server went; null where it lives. */
  serverEnd: { at: number; how: ServerEnd; text: string } | null;
  /** Trouble the server was in when the lives ended. */
  trouble: 'hung' | 'socket-lost' | null;
  /** The machine has started again since; `clean`: we were told to stop first. */
  reboot: { clean: boolean } | null;
  deaths: readonly DeathRecord[];
  /** Of those deaths whose session the kernel killed in for want of memory; absent where nobody could look. */
  ooms?: readonly Oom[];
  /** Kills for want of memory around that time, of whomever; null or absent: nobody counted. */
  memoryKills?: MemoryKills | null;
  /** What the witness said of the panes that died and of the server; null: nobody witnessed it. */
  testimony?: Testimony | null;
  /** The same of the minute before that: too early to have ended anything. */
  earlier?: Pick<Testimony, 'signals' | 'clients'>;
  /** Why there is no testimony, in words that follow a colon. */
  untold?: string;
  /** Processes of ours that run tmux clients: those act for an intent, and are never actors. */
  ours?: readonly number[];
  /** Panes by the pid of their leader, living and dead. */
  panes?: Readonly<Record<number, KnownPane>>;
  /** What other sources wrote down about that time; absent: they were not asked. */
  facts?: readonly SourceFact[];
  /** What was begun then with the name of one of their units or logins among its arguments; absent: nobody was asked. */
  commands?: readonly WitnessedCommand[];
  /** Why some sources could not be read. */
  unread?: readonly string[];
  /** Names of users by their number. */
  users?: Readonly<Record<number, string>>;
}

/** A pane that a process may have come from. */
export interface KnownPane {
  session: string;
  /** tmux's `%id`. */
  pane: string;
  /** Of its leader, clock ticks since boot; 0: not known. */
  startTime: number;
  tmuxId: string;
  /** Whose server it is, where that is managed; null: of an adopted server, or not known. */
  owner: string | null;
}

/** Kills for want of memory in the cgroup of one session that died, since it was measured last. */
export interface Oom {
  session: string;
  at: number;
  kills: number;
  /** Whose limit was reached: its own, that of its server's unit, or neither; unknown: not its own. */
  whose: 'session' | 'unit' | 'machine' | 'unknown';
  limitBytes: number | null;
}

/** What the kernel counted: how many processes it had killed for want of memory, and when that was read. */
export interface MemoryCount {
  at: number;
  kills: number;
}

/** How many it killed between two readings, whoever they were. */
export interface MemoryKills {
  since: number;
  until: number;
  kills: number;
}
