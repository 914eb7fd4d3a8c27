import type { EvidenceLine, Verdict } from '../model/events/incident.ts';
import { jsonBytes } from '../model/json-size.ts';
import type { Evidence } from './evidence.ts';
import { fittingLines } from './evidence-lines.ts';
import { summaryOf } from './naming.ts';
import { doneBefore } from './preceded/done-before.ts';
import type { Rule } from './rule.ts';
import { rules as allRules } from './rules.ts';
import { countText, verdict } from './wording.ts';
import { unreadOf } from './written/unread.ts';

/** How long late evidence is waited for before an incident is explained, ms. */
export const lateEvidenceMs = 200;

/**
 * What the evidence of one verdict may take of the 8 KiB of its event, all of the verdict without its last line, and what else
 * was done before. The rest of the event is for how the same came about before (`agent/act/verdict/recurrence.ts`).
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

/** What was done before is no part of the cause: where that fails, the verdict stands. */
const before = (evidence: Evidence, found: Verdict, room: number): EvidenceLine[] => {
  try {
    return doneBefore(evidence, found, room);
  } catch {
    return [];
  }
};

/** What others could not tell matters where it is not certain. What led to it has room before what else was done. */
const completed = (found: Verdict, evidence: Evidence, broken: readonly string[]): Verdict => {
  const unread = found.confidence === 'certain' ? [] : unreadOf(evidence);
  const missing = [...found.missing, ...unread, ...broken];
  const known = { ...found, summary: summaryOf(found.summary), missing };
  const fitted = { ...known, evidence: fitting(known) };
  const room = Math.min(maxPrecededBytes, maxVerdictBytes - jsonBytes(fitted));
  return { ...fitted, preceded: before(evidence, found, room) };
};

/** What is said where the last rule failed too. */
const unexplained = ({ deaths }: Evidence): Verdict =>
  verdict({
    ...{ cause: 'unknown', confidence: 'possible' },
    summary: `${countText(deaths.length, deaths)} ended, and nothing could be said of it`,
  });

/**
 * Evidence in, verdict out: the first rule that applies. It never guesses, and never throws: what was not seen is listed
 * in `missing`, and the last rule says `unknown` with the reason why.
 */
export const explain = (evidence: Evidence, rules: readonly Rule[] = allRules): Verdict => {
  const broken: string[] = [];
  const said = (found: Verdict, name: string): Verdict => {
    const complete = completed(found, evidence, broken);
    const at = evidence.deaths[0]?.found ?? 0;
    return { ...complete, evidence: [...complete.evidence, { at, source: 'rule', text: name }] };
  };
  for (const rule of rules) {
    const found = ask(rule, evidence, broken);
    if (found) return said(found, rule.name);
  }
  return said(unexplained(evidence), 'none');
};
