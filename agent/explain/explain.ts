import type { EvidenceLine, Verdict } from '../model/events/incident.ts';
import { jsonBytes } from '../model/json-size.ts';
import type { Evidence } from './evidence.ts';
import { rules } from './rules.ts';

/** How long late evidence is waited for before an incident is explained, ms. */
export const lateEvidenceMs = 200;

/** What the evidence of one verdict may take of the 8 KiB of its event. */
const maxEvidenceBytes = 5000;

const fitting = (lines: readonly EvidenceLine[]): EvidenceLine[] => {
  let bytes = 0;
  return lines.filter((line) => {
    bytes += jsonBytes(line);
    return bytes <= maxEvidenceBytes;
  });
};

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
    return { ...verdict, evidence: [...fitting(verdict.evidence), applied] };
  }
  throw new Error('the last rule answers everything');
};
