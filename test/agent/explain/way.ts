import type { Evidence } from '../../../agent/explain/evidence.ts';
import type { Verdict } from '../../../agent/model/events/incident.ts';

/** A recorded way to end, and what has to be said of it. */
export interface Way {
  name: string;
  rule: string;
  given: Evidence;
  /** Null: nobody may be named. */
  actor: number | null;
  verdict: Partial<Verdict> | object;
}
