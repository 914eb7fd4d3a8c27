import type { Instance } from '../../model/events/server.ts';
import type { Samples } from '../../model/samples.ts';

/** What the observers need of the world, passed in. */
export interface World {
  samples: Samples;
  now: number;
  bootId: string;
  /** Since when the server's link is connected, ms since the epoch; Infinity while none is. */
  linkSince: number;
  /** Whether the whole machine went down: what ended with it is one incident. */
  hostEnded?: boolean;
  redact: (text: string) => string;
  /** Command line of a process, empty when it is gone. Not redacted. */
  commandOf: (pid: number) => string;
  /** Whether this very process still runs, by pid and start time. */
  isAlive: (instance: Instance) => boolean;
}
