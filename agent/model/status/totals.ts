import type { Histogram } from '../counts.ts';

/** Counters since the log began, for Prometheus. */
export interface Totals {
  events: number;
  created: number;
  died: number;
  diedByCause: Record<string, number>;
  /** Keys are `CAUSE CONFIDENCE`, e.g. `signal certain`. Documents of older releases lack it, as the next. */
  verdicts?: Record<string, number>;
  /** Those of them that name who did it. */
  verdictsNamed?: number;
  ended: Record<string, number>;
  serversDied: Record<string, number>;
  restarts: Record<string, number>;
  decisions: Record<string, number>;
  /** Deaths of declared units whose verdict is reached. Documents of older releases lack it, as the next. */
  unitsDiedByCause?: Record<string, number>;
  /** Ends of declared units, by how they came. */
  unitEnds?: Record<string, number>;
  /** Keys are `KIND OUTCOME`, e.g. `session.create done`. */
  actions: Record<string, number>;
  rejected: Record<string, number>;
  /** Secrets replaced since the agent started. */
  redactions: number;
  resyncs: number;
  lifetime: Histogram;
}
