import type { Sample } from './samples.ts';

/** What can be told of a message by who handled it. Undefined: the service does not say. */
export interface Seen {
  /** As the service writes it. */
  id: string;
  from: string | undefined;
  /** Seconds since the epoch. */
  at: number | undefined;
  text: string | undefined;
}

/** A service whose messages a trial has in their shapes. */
export interface Platform {
  name: string;
  /** What the bot is to see of it. */
  expected(sample: Sample): Seen;
  /** Hands it to the bot as the service would; what comes back is awaited. */
  deliver(sample: Sample): unknown;
  /** Reads what a handler was given; null: nothing of this service. */
  read(given: unknown): Seen | null;
}
