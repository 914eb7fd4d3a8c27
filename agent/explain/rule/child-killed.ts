import { quoted, whoIs } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { signalName } from '../signals.ts';
import { isByOthers } from '../witnessed/nature.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';

export const childKilled: Rule = {
  name: 'child-killed',
  sentence:
    "A signal ended a program below the session's first one, which then ended with the status of that (128 and the signal), or at once.",
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (one?.first.way !== 'child' || !isByOthers(one.first.nature)) return null;
    const { signal, sender } = one.first.signal;
    const session = quoted(one.first.death?.session ?? '');
    const rest = one.findings.length > 1 ? '' : `; ${session} ended with it`;
    return witnessedVerdict(one, {
      cause: 'signal',
      summary: `${signalName(signal)} to ${whatEnded(one)} from ${whoIs(sender, evidence)}${rest}${withIt(one)}`,
      actor: sender,
    });
  },
};
