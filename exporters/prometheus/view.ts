import type { SessionLine } from './state/document.ts';
import type { StateReading } from './state/reading.ts';

/** Everything one collection looks at; collectors are functions of it and of nothing else. */
export interface View {
  /** ms since the epoch. */
  now: number;
  /** How long the series of an ended session stay, ms. */
  graceMs: number;
  state: StateReading;
  /** Sessions the document no longer lists, for the grace time (departures.ts). */
  departed: readonly SessionLine[];
  self: SelfReport;
}

/** The exporter about itself. Null where it cannot be told, or where an output is not asked for. */
export interface SelfReport {
  version: string;
  nodeVersion: string;
  /** ms since the epoch. */
  startedAt: number;
  cpuSeconds: number;
  rssBytes: number | null;
  anonBytes: number | null;
  textfileFailures: number | null;
  listening: boolean | null;
}
