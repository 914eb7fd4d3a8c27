import type { Testimony, WitnessedCommand } from '../model/witnessed.ts';

/** Longest answer, UTF-16 units: hundreds of signals, each with two lines of parents. */
export const maxAnswer = 4 * 1024 * 1024;

/** How it ends where there is no tracing, and starting it again changes nothing: EX_UNAVAILABLE (sysexits.h). */
export const unavailableExit = 69;

/** More panes are not asked about at once. */
export const maxPids = 2000;

/** Words that are asked about at once, and characters of each. */
export const maxNaming = { words: 64, length: 256 } as const;

/** More commands are not told at once. */
export const maxCommands = 32;

/** So long a verdict waits for an answer, ms: mostly one comes within a few. */
export const defaultPatienceMs = 300;

/** Nobody is answered later than this, ms. */
export const mostPatienceMs = 10_000;

/** What the witness answers over witness.sock: JSON-RPC 2.0, one object per line. */
export type WitnessMethods = {
  /**
   * `pids`: whose signals; their descendants count as they. `since`, `until`: ms since the epoch. `patienceMs`: how long
   * whoever asks waits, `defaultPatienceMs` where nothing is said.
   */
  testify: {
    params: { pids: number[]; since: number; until: number; patienceMs?: number };
    result: Testimony;
  };
  /**
   * Programs that began from `since` to `until` (ms since the epoch) with one of these words for an argument, the newest of
   * each user, at most `maxCommands`: who asked systemd for something has named it.
   */
  commands: {
    params: { naming: string[]; since: number; until: number; patienceMs?: number };
    result: WitnessedCommand[];
  };
  health: { params: Record<string, never>; result: WitnessHealth };
};

export interface WitnessHealth {
  version: string;
  pid: number;
  /** Nothing before this is known, ms since the epoch. */
  since: number;
  /** Why nothing is seen; null: all is well. */
  blind: string | null;
  /** How command lines are come by. */
  method: Testimony['method'];
  realTime: boolean;
  signals: number;
  lost: number;
}
