import type { ExitStatus } from './events/death.ts';
import type { BenignEnd } from './events/session.ts';

export interface Attempt {
  at: number;
  reason: string;
  /** The restart of a unit that was not seen to its end; absent in snapshots of older releases. */
  lost?: true;
}

export interface End {
  at: number;
  reason: BenignEnd | 'died';
  /** Deaths so far; ends that were meant do not count. */
  deaths: number;
  /** How its program ended, where that is known; ends in older logs lack it, as the next. */
  exit?: ExitStatus | null;
  /** The incident a death belongs to. */
  incident?: string;
  /** The name of what its screen showed last, kept beside the log; absent: it was not seen. */
  screen?: string;
  /** It was its `resumeCommand` that failed at once: the next life begins with its `command`. */
  resumeFailed?: true;
}

export interface RecoveryNotes {
  /** Then it had been up and well for so long that what came before no longer makes it wait. */
  steadyAt?: number;
  /** How often its open breaker has tried it. */
  probes?: number;
  /** It is being tried: its breaker is half open. */
  probing?: boolean;
  /** Why it is not started now, as it was decided. Null: it waits for no time. */
  held?: { reason: string; until: number | null };
  /** It was last started with its `resumeCommand`. */
  resumed?: boolean;
  /** It ran before a person wanted it again, who took its end out of the way: it has something to go on with. */
  ran?: true;
}

/** More than a limit can count: to end what is unhealthy and to start it anew are two. */
export const maxAttempts = 240;
