import { whoIs } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { signalName } from '../signals.ts';
import { isByOthers } from '../witnessed/nature.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';

export const signalHeeded: Rule = {
  name: 'signal-heeded',
  sentence:
    'Another process sent a signal that the program handles, and the program ended within ten seconds.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (one?.first.way !== 'heeded' || !isByOthers(one.first.nature)) return null;
    const { signal, sender } = one.first.signal;
    const status = one.first.death?.exit?.status;
    const ended = status == null ? 'it ended then' : `it exited then, with status ${status}`;
    return witnessedVerdict(one, {
      cause: 'signal',
      summary: `${signalName(signal)} to ${whatEnded(one)} from ${whoIs(sender, evidence)}; ${ended}${withIt(one)}`,
      actor: sender,
    });
  },
};
