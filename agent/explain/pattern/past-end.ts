import type { Actor, Cause, Scope } from '../../model/events/incident.ts';

/** What the record of one of its deaths says, of a session that the incidents share where there is one. */
export interface PastDeath {
  session: string;
  /** What systemd calls it, where it is a declared unit. */
  unit?: string;
  ageMs: number;
  /** Of the pane that had most; null: it had none. */
  historyLines: number | null;
  /** Null: not known, or it was the session's own program. */
  lastCommand: string | null;
  /** Memory available on the machine, 0 to 1. */
  memoryFree: number | null;
  /** Command lines of what ran in its panes. */
  programs: readonly string[];
}

/** An incident with its verdict, as far as patterns need it. */
export interface PastEnd {
  incident: string;
  server: string;
  /** When it was found, ms since the epoch. */
  at: number;
  /** How long before `at` it may have been, ms. */
  vagueMs: number;
  sessions: readonly string[];
  cause: Cause;
  scope: Scope;
  /** `SIGKILL` */
  signal: string | null;
  /** Null also where that is only possible: it would count as if it had been seen. */
  actor: Actor | null;
  /** Whether the verdict leaves no other cause. */
  certain: boolean;
  /** Whether packages were changed within the minute before; null: nobody could say. */
  afterPackages: boolean | null;
  /** Null: no record is there any more. */
  death: PastDeath | null;
}

/** What clocks on the wall show where the agent runs. */
export interface LocalTime {
  /** Days since 1970-01-01 by the calendar there. */
  day: number;
  /** Since midnight by the clock, ms: 05:20 is 5 h 20 min also on the day when an hour is left out. */
  ms: number;
}

export type LocalClock = (at: number) => LocalTime;
