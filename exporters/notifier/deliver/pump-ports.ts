import type { Outbox } from '../outbox/outbox.ts';

/** What a pump works with. */
export interface PumpPorts {
  outbox: Outbox;
  /** ms since the epoch. */
  now(): number;
  /** ms, of a clock that never jumps. */
  steady(): number;
  random(): number;
  /** So many were not told there, and why. */
  onSuppressed(reason: 'folded' | 'expired', count: number): void;
  /** Something was settled: there may be a note for the log, and a new standing. */
  onSettled(): void;
  /** The first failure of a kind, and its end. */
  onTrouble(channel: string, code: string, message: string): void;
  onTroubleOver(channel: string): void;
}
