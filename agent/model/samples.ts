import type {
  HostSample,
  LeaderSample,
  MachinePoint,
  UsagePoint,
  UsageSample,
} from './events/measures.ts';
import type { HealthSample, ProbeSample } from './health.ts';

/**
 * What is measured and not logged: it lives in memory and is copied into a record at a death.
 * Texts here are as read; they are redacted when they are copied.
 */
export interface Samples {
  host: HostSample | null;
  /** The machine in the last minute, oldest first (`withRecent`). */
  recent: MachinePoint[];
  lives: Map<string, LifeSample>;
  /** By name of the server. */
  servers: Map<string, ServerSample>;
}

export interface LifeSample {
  /** Listings this life was seen in since the agent started. */
  resyncs: number;
  lastSeen: number;
  lastActivityAt: number | null;
  /** Command line of the foreground process of the first pane's terminal; null: not known. */
  foreground: string | null;
  usage: UsageSample | null;
  /** The same in the last minute, oldest first. */
  recent: UsagePoint[];
  /** By tmux's `%id`. */
  panes: Map<string, PaneSample>;
  /** When a bot in it last said that it lives, ms since the epoch; absent: it never has. */
  lastBeatAt?: number;
  /** What its health was last found to be; absent: it was not looked at. */
  health?: HealthSample;
  /** The newest answer to each probe. */
  probes?: { http?: ProbeSample; tcp?: ProbeSample; command?: ProbeSample };
}

export interface PaneSample {
  /** Command line of the pane's leader. */
  command: string;
  historyLines: number;
  screen: { text: string; takenAt: number } | null;
  /** Of the process with this pid; absent: not looked at yet. */
  leader?: { pid: number; sample: LeaderSample };
}

export interface ServerSample {
  resyncs: number;
  processes: number;
  rssBytes: number;
  /** What of the declared limits is not in force, as the link says it, redacted; null or absent: nothing. */
  unlimited?: string | null;
}

export const emptySamples = (): Samples => ({
  host: null,
  recent: [],
  lives: new Map(),
  servers: new Map(),
});
