import { processName, quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { signalName } from '../signals.ts';
import { causeOf } from '../witnessed/cause-of.ts';
import { doerOf, endingOf } from '../witnessed/ending.ts';
import { witnessedVerdict } from '../witnessed/witnessed-verdict.ts';
import { countText } from '../wording.ts';

export const differentCauses: Rule = {
  name: 'different-causes',
  sentence:
    'Sessions ended within two seconds of each other, each for a reason that is known, and not all for one. The first is named.',
  judge: (evidence) => {
    const ending = endingOf(evidence);
    const [findings, ...others] = ending?.groups ?? [];
    if (!ending || !findings) return null;
    const { told, scope, unexplained } = ending;
    const isKnown = unexplained.every(({ exit }) => exit?.status != null);
    if (others.length + unexplained.length === 0 || !isKnown) return null;
    const [first] = findings;
    const doer = doerOf(first, told);
    const by = doer ? ` from ${processName(doer)}` : '';
    const rest = told.deaths.length - findings.length;
    const all = [findings, ...others].flat();
    const one = { told, scope, first, findings: all, unexplained: [] };
    return witnessedVerdict(one, {
      cause: causeOf(first, evidence),
      summary: `${signalName(first.signal.signal)} to ${quoted(first.death?.session ?? '')}${by}; ${countText(rest, evidence.deaths)} ended within two seconds of it, by others or for other reasons`,
      confidence: 'likely',
      actor: doer,
      missing: ['whether these ends have to do with each other'],
    });
  },
};
