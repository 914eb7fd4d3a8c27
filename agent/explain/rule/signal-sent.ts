import { whoIs } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { signalName } from '../signals.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';

export const signalSent: Rule = {
  name: 'signal-sent',
  sentence:
    'Another process sent a signal that ended the program or the server, as the kernel tells.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (one?.first.nature !== 'sent' || one.first.way !== 'direct') return null;
    const { signal, sender } = one.first.signal;
    return witnessedVerdict(one, {
      cause: 'signal',
      summary: `${signalName(signal)} to ${whatEnded(one)} from ${whoIs(sender, evidence)}${withIt(one)}`,
      actor: sender,
    });
  },
};
