import type { Verdict } from '../model/events/incident.ts';
import type { Evidence } from './evidence.ts';

/** A rule has a name, a sentence, and a verdict where it applies. Rules are asked in order. */
export interface Rule {
  name: string;
  sentence: string;
  judge(evidence: Evidence): Verdict | null;
}
