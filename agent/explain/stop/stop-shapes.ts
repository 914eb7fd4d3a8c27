import type { Actor, Cause, EvidenceLine } from '../../model/events/incident.ts';

/** Why a unit was stopped, as far as it was written down. */
export interface StopReason {
  cause: Cause;
  /** Ends a sentence. */
  text: string;
  /** Of the cause; who asked is another question. */
  isCertain: boolean;
  /** Null: nobody is named. */
  actor: Actor | null;
  lines: EvidenceLine[];
  missing: string[];
}

/** What the manager of units did, when, and to whom. */
export interface Stop {
  /** Units of the first systemd that the victim is in. */
  units: readonly string[];
  at: number;
  /** A manager of units was seen to do it itself: nobody ends a login otherwise. */
  isByManager: boolean;
  /** Null: it is not known which signal ended it, if any did. */
  signal: { pid: number; number: number } | null;
}
