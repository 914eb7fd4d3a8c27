/** Why a life ended: stable strings, a public contract (docs/EVENTS.md). */
export const causes = [
  'signal',
  'tmux-command',
  'program-exit',
  'program-crash',
  'oom-cgroup',
  'oom-system',
  'oomd',
  'rlimit',
  'unit-stop',
  'logout',
  'shutdown',
  'host-crash',
  'socket-lost',
  'server-hung',
  'intended',
  'unknown',
] as const;

export type Cause = (typeof causes)[number];
export type Scope = 'pane' | 'session' | 'server' | 'host';
export type Confidence = 'certain' | 'likely' | 'possible';

export interface EvidenceLine {
  at: number;
  source: string;
  text: string;
}

/** Who brought an end about. What was not seen of it is null. */
export interface Actor {
  pid: number;
  comm: string;
  /** Redacted. */
  cmdline: string | null;
  uid: number | null;
  user: string | null;
  /** The systemd unit it ran in, by its cgroup. */
  unit: string | null;
  /** The supervised session it came from. */
  session: string | null;
  /** Its parent first. */
  ancestry: { pid: number; comm: string; cmdline: string | null }[];
}

/** What `explain` concluded, and from what. It never guesses: what it did not see is in `missing`. */
export interface Verdict {
  cause: Cause;
  scope: Scope;
  confidence: Confidence;
  summary: string;
  signal: { name: string; number: number } | null;
  exitStatus: number | null;
  /** Null: nobody did it, or nobody was seen; verdicts of older releases lack it. */
  actor?: Actor | null;
  evidence: EvidenceLine[];
  missing: string[];
}

export interface IncidentEvents {
  /** Deaths of one server within two seconds are one incident. */
  'incident.opened': { incident: string; server: string; lives: string[]; sessions: string[] };
  'incident.grew': { incident: string; lives: string[]; sessions: string[] };
  'verdict.reached': { incident: string; verdict: Verdict };
}
