import type { Instance } from '../../model/events/server.ts';
import type { Measured } from './measure.ts';
import type { Shown } from './shown.ts';

/** What the looks at a unit leave in memory. */
export interface Known {
  shown: Shown;
  at: number;
  /** Its main process; null: it has none. */
  main: Instance | null;
  measured: Measured | null;
}
