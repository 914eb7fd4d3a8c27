import type { EvidenceLine, Verdict } from '../model/events/incident.ts';
import { jsonBytes } from '../model/json-size.ts';
import type { Evidence, Rule } from './evidence.ts';
import { fittingLines } from './fitting-lines.ts';
import { doneBefore } from './preceded/done-before.ts';
import { rules as allRules } from './rules.ts';
import { unreadOf } from './written/context.ts';

/** How long late evidence is waited for before an incident is explained, ms. */
export const lateEvidenceMs = 200;

/**
 * What the evidence of one verdict may take of the 8 KiB of its event, all of the verdict without its last line, and what else
 * was done before. The rest of the event is for how the same came about before (`agent/act/recurrence.ts`).
 */
const maxEvidenceBytes = 5000;
const maxVerdictBytes = 6600;
const maxPrecededBytes = 1500;

const fitting = ({ evidence, ...rest }: Verdict): EvidenceLine[] => {
  const room = Math.min(maxEvidenceBytes, maxVerdictBytes - jsonBytes(rest));
  return fittingLines(evidence, room);
};

/** One faulty rule must cost neither the others their say nor the agent its life. */
const ask = ({ name, judge }: Rule, evidence: Evidence, broken: string[]): Verdict | null => {
  try {
    return judge(evidence);
  } catch {
    broken.push(`what the rule ${name} would have said: it failed`);
    return null;
  }
};

/** What others could not tell matters where it is not certain. What led to it has room before what else was done. */
const completed = (verdict: Verdict, evidence: Evidence, broken: readonly string[]): Verdict => {
  const unread = verdict.confidence === 'certain' ? [] : unreadOf(evidence);
  const missing = [...verdict.missing, ...unread, ...broken];
  const known = { ...verdict, missing };
  const fitted = { ...known, evidence: fitting(known) };
  const room = Math.min(maxPrecededBytes, maxVerdictBytes - jsonBytes(fitted));
  return { ...fitted, preceded: doneBefore(evidence, verdict, room) };
};

/**
 * Evidence in, verdict out: the first rule that applies. It never guesses: what was not seen is listed in
 * `missing`, and the last rule says `unknown` with the reason why.
 */
export const explain = (evidence: Evidence, rules: readonly Rule[] = allRules): Verdict => {
  const broken: string[] = [];
  for (const rule of rules) {
    const verdict = ask(rule, evidence, broken);
    if (!verdict) continue;
    const at = evidence.deaths[0]?.found ?? 0;
    const complete = completed(verdict, evidence, broken);
    const lines = [...complete.evidence, { at, source: 'rule', text: rule.name }];
    return { ...complete, evidence: lines };
  }
  throw new Error('the last rule answers everything');
};
