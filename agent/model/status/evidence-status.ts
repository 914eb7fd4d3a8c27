import type { SeenBy } from '../witnessed.ts';

/** What the witness last said of itself. */
export interface WitnessStatus {
  /** `blind`: it answers, and the kernel tells it nothing; `absent`: it does not answer. */
  state: 'sees' | 'blind' | 'absent';
  /** Why nothing is seen; null: all is well. */
  why: string | null;
  /** How command lines are come by: `probe`, the kernel copies them; null where it does not answer, as the next two. */
  method: SeenBy | null;
  /** Whether it runs before other processes, so that a killer is looked at before it is gone. */
  realTime: boolean | null;
  /** Nothing before this is known. */
  since: number | null;
  /** Events the kernel threw away before they were read, as it last counted. */
  lost: number;
}

/** A source of evidence: what others wrote down. */
export interface SourceStatus {
  /** Stable, as in evidence: `journal`, `logind`. */
  name: string;
  ok: boolean;
  /** Why it cannot be read, and what to do about it; null where it can. */
  why: string | null;
  advice: string | null;
}
