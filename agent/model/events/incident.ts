import type { MachinePoint } from './measures.ts';

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
  /** What people and other programs did in the minute before, without being known as the cause; older releases lack it. */
  preceded?: EvidenceLine[];
  missing: string[];
}

/** How the same came about before, in short. */
export interface Recurrence {
  /** How often within 30 days, this time included. */
  count: number;
  /** In a line: `Third time in 6 days, always within 5 minutes of 05:20`. */
  text: string;
  /** What would prevent it; null: nothing known here would. */
  prevention: string | null;
}

export interface IncidentEvents {
  /** Deaths of one server within two seconds are one incident. */
  'incident.opened': {
    incident: string;
    server: string;
    lives: string[];
    sessions: string[];
    /** The machine as measured in the minute before, oldest first; older releases did not keep it. */
    machineBefore?: MachinePoint[];
  };
  'incident.grew': { incident: string; lives: string[]; sessions: string[] };
  'verdict.reached': {
    incident: string;
    verdict: Verdict;
    /** It concludes what the verdict before it did, and only what that rests on has grown: no news. Absent: it is news. */
    confirms?: true;
    /** How the same came about before. Absent: it did not, or nobody could look in time. */
    recurrence?: Recurrence;
  };
}
