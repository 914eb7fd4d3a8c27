import type { Bytes } from './bytes.ts';

/** One record of a trace instance. */
export interface TraceRecord {
  /** The thread that was running, in the first PID namespace; 0: none was, the CPU idled. */
  tid: number;
  /**
   * Its name as far as the kernel remembered, without spaces in front; `<...>` where it did not.
   * The thread chooses it: anything, at most 15 bytes.
   */
  comm: string;
  /** ms of the monotonic clock, in steps of 1 µs. */
  at: number;
  /** Without its group: one of `trace/events.ts`, or the name that a probe of ours was given. */
  event: string;
  /** It came as an interrupt: the thread has nothing to do with it. */
  interrupts?: true;
  /** Records before it are missing: the kernel threw them away. Marked only where it is asked for. */
  afterLoss?: true;
  /** What follows the name of the event, for the parser of that event. */
  text: Bytes;
}
