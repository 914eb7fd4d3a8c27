import { whoIs } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { signalName } from '../signals.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';

export const signalFromParent: Rule = {
  name: 'signal-from-parent',
  sentence:
    'The parent of the process sent the signal, or the kernel did in its name because it ended (PR_SET_PDEATHSIG).',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (one?.first.nature !== 'parent' || one.first.way !== 'direct') return null;
    const { signal, sender } = one.first.signal;
    return witnessedVerdict(one, {
      cause: 'signal',
      summary: `${signalName(signal)} to ${whatEnded(one)} from its parent, ${whoIs(sender, evidence)}, which sent it or took it along as it ended${withIt(one)}`,
      actor: sender,
      missing: [
        'whether the parent sent it, or ended and took it along: the kernel tells both alike',
      ],
    });
  },
};
