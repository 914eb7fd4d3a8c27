import type { Verdict } from '../model/events/incident.ts';
import type { Evidence } from './evidence.ts';
import { rules } from './rules.ts';

/** How long late evidence is waited for before an incident is explained, ms. */
export const lateEvidenceMs = 200;

const maxEvidence = 30;

/**
 * Evidence in, verdict out: the first rule that applies. It never guesses: what was not seen is listed in
 * `missing`, and the last rule says `unknown` with the reason why.
 */
export const explain = (evidence: Evidence): Verdict => {
  for (const { name, judge } of rules) {
    const verdict = judge(evidence);
    if (!verdict) continue;
    const at = evidence.deaths[0]?.found ?? 0;
    const applied = { at, source: 'rule', text: name };
    return { ...verdict, evidence: [...verdict.evidence.slice(0, maxEvidence), applied] };
  }
  throw new Error('the last rule answers everything');
};
