import type { Evidence } from '../../../../../agent/explain/evidence.ts';
import type { Verdict } from '../../../../../agent/model/events/incident.ts';

/** What a rule says of evidence that was made for it. */
export interface Example {
  rule: string;
  given: Partial<Evidence>;
  /** A pattern. */
  verdict: Partial<Verdict> | object;
}
