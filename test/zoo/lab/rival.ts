import type { Machine } from '../../lab/machine.ts';

/** Something else that people use to find out who killed a process. */
export interface Rival {
  /** For the head of its column. */
  name: string;
  /** What it is and how it was set up, in one sentence. */
  sentence: string;
  /** Resolves once it watches. */
  start(machine: Machine): Promise<unknown>;
  stop(machine: Machine): Promise<unknown>;
  /** All it has written about the end of one of these processes, since it was started or asked before. */
  told(machine: Machine, victims: readonly number[]): Promise<string>;
}
