import type { StoreHealth } from '../event-log.ts';
import type { RefusedConfig } from '../state.ts';

export interface AgentStatus {
  version: string;
  nodeVersion: string;
  pid: number;
  startedAt: number;
  embedded: boolean;
  /** What the agent would say to systemd: `supervising 12 sessions on 2 servers`. */
  text: string;
  rssBytes: number;
  anonBytes: number;
  /** Processor seconds since it started. */
  cpuSeconds: number;
  config: { hash: string; source: string; at: number } | null;
  /** The newest configuration, where it was refused; null when the one in force is the newest. */
  refused?: RefusedConfig | null;
  log: LogHealth;
  /** Absent in documents of agents that do not say it. */
  journal?: JournalHealth;
}

/** `degraded`: the disk does not take events now; they wait in memory. */
export type LogHealth = Omit<StoreHealth, 'message'>;

/** How notable events reach the system's journal. */
export interface JournalHealth {
  /** `off`: our output is not the journal's, so nothing is sent; `degraded`: the newest entry was not taken. */
  status: 'ok' | 'degraded' | 'off';
  /** Of the newest failure, e.g. `ECONNREFUSED`; empty while there is none. */
  code: string;
  /** Entries since the agent started. */
  sent: number;
  /** Entries given up since the agent started. */
  dropped: number;
}
