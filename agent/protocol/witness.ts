import type { Testimony } from '../model/witnessed.ts';

/** Longest answer, UTF-16 units: hundreds of signals, each with two lines of parents. */
export const maxAnswer = 4 * 1024 * 1024;

/** More panes are not asked about at once. */
export const maxPids = 2000;

/** What the witness answers over witness.sock: JSON-RPC 2.0, one object per line. */
export type WitnessMethods = {
  /** `pids`: whose signals; their descendants count as they. `since`, `until`: ms since the epoch. */
  testify: { params: { pids: number[]; since: number; until: number }; result: Testimony };
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
