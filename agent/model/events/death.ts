import type { HostSample, LeaderSample, UsagePoint, UsageSample } from './measures.ts';
import type { Instance } from './server.ts';

/** How a pane's program ended, where tmux knows it. Exactly one of the two is not null. */
export interface ExitStatus {
  status: number | null;
  signal: number | null;
}

/** A reference to a screen kept as a content-addressed blob beside the log. */
export interface ScreenRef {
  pane: string;
  /** SHA-256 of the redacted text, hex: the blob's name. */
  blob: string;
  lines: number;
  bytes: number;
  takenAt: number;
  /** The last few lines, redacted, at most 600 characters. */
  tail: string;
}

export interface DeadPane {
  id: string;
  pid: number;
  startTime: number;
  /** Command line of the pane's leader, redacted. */
  command: string;
  exit: ExitStatus | null;
  /** Lines in the pane's history when last seen. */
  historyLines: number;
  /** What the kernel showed of the leader; absent: it was not looked at in time, or by an older release. */
  leader?: LeaderSample;
}

export interface DeadUnit {
  /** Such as `telegram-gateway.service`. */
  name: string;
  /** systemd's `Result=`. */
  result: string;
  /** Why its last lines, which stand as its screen, are not known; absent: they are, or nobody has looked yet. */
  unread?: string;
}

/** Everything known about one life at its unasked end (`session.died`). At most 8 KiB as JSON. */
export interface DeathRecord {
  life: string;
  session: string;
  server: string;
  instance: Instance;
  tmuxId: string;
  tmuxName: string;
  declared: boolean;
  incident: string;
  /** The death lies in [lastSeen, found], ms since the epoch: an interval, never an invented instant. */
  lastSeen: number;
  found: number;
  ageMs: number;
  supervisedMs: number;
  resyncs: number;
  panes: DeadPane[];
  /** How the program ended whose end was the session's, as the managed server wrote it down; null: not known. */
  exit: (ExitStatus & { at: number }) | null;
  /** Whether anybody was looking when it ended. */
  watched: 'live' | 'link-down' | 'agent-down';
  lastCommand: { text: string; source: 'foreground' | 'osc133' | 'not known' };
  screens: ScreenRef[];
  /** Sessions alive on all servers just after this death. */
  alive: number;
  /** Other sessions that ended within the same two seconds, as far as seen now; the incident knows all. */
  others: string[];
  usage: UsageSample | null;
  /** As measured in the minute before it was found, oldest first, the last as `usage`; older releases did not keep it. */
  usageBefore?: UsagePoint[];
  host: HostSample | null;
  serverState: 'alive' | 'hung' | 'socket-lost' | 'dead' | 'unknown';
  /** Names of fields cut to keep the record within its size. */
  trimmed: string[];
  /** Of a declared unit of systemd, whose main process stands as its one pane; absent: it is a session. */
  unit?: DeadUnit;
}
