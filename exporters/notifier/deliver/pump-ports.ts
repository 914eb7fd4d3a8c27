import type { Outbox } from '../outbox/outbox.ts';
import type { TroublePorts } from './trouble.ts';

/** What a pump works with. */
export interface PumpPorts extends TroublePorts {
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
  /** One alert was not taken; others may be. */
  onRefused(channel: string, code: string, message: string): void;
  /** What the disk does not take, and that it does again: it says nothing about the channel. */
  disk: TroublePorts;
}
