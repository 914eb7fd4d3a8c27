import type { Breaker } from '../breaker.ts';
import type { BotStatus } from './bot-status.ts';
import type { HealthLine } from './health-line.ts';
import type { RefreshLine } from './refresh-line.ts';

export interface SessionStatus {
  session: string;
  server: string;
  declared: boolean;
  /** `stopped`: ended on purpose, or done; `dead`: declared, ended unasked and not back; `waiting`: about to be created. */
  status: 'up' | 'stopped' | 'dead' | 'waiting';
  life: string | null;
  tmuxName: string;
  createdAt: number | null;
  supervisedSince: number | null;
  panes: number;
  rssBytes: number;
  cpu: number;
  /** How memory and `cpu` were measured: by the session's own cgroup, or by its processes; null: not yet. */
  measured?: 'exact' | 'partial' | null;
  /** What counts towards `memoryMax`; null where the session has no cgroup of its own, as the next three. */
  memoryBytes?: number | null;
  anonBytes?: number | null;
  /** The limit in force; null also where there is none. */
  memoryMaxBytes?: number | null;
  /** Processes and threads. */
  tasks?: number | null;
  lastActivityAt: number | null;
  command: string;
  deaths: number;
  /** How often Holdfast has brought it back since a person last started it; older documents lack it, as the next two. */
  restarts?: number;
  /** `open`: it was brought back too often, and is left alone; `half-open`: it is being tried. */
  breaker?: Breaker;
  /** Why it is not started now, and until when where it waits for a time; null: nothing holds it. */
  held?: { reason: string; until: number | null } | null;
  /** When the last life of a declared session ended; null while it lives and before its first end. */
  endedAt: number | null;
  /** Those in it that say how they are. Older documents lack it. */
  bots?: BotStatus[];
  /** How it is beyond that it is there; null: nobody asked for it. Older documents lack it. */
  health?: HealthLine | null;
  /** The login of its bot, and how it is renewed; null: nothing is known. Older documents lack it. */
  refresh?: RefreshLine | null;
}
