import { processName } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { signalName } from '../signals.ts';
import { gapsIn } from '../witnessed/gaps.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';

export const killedItself: Rule = {
  name: 'killed-itself',
  sentence: 'The process sent the signal to itself, and nobody else had sent it before.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (one?.first.nature !== 'self') return null;
    const { signal, sender } = one.first.signal;
    return witnessedVerdict(one, {
      cause: 'signal',
      summary: `${processName(sender)} of ${whatEnded(one)} sent itself ${signalName(signal)}${withIt(one)}`,
      // Who sent it first may be among what is missing.
      confidence: gapsIn(evidence).length > 0 ? 'likely' : 'certain',
      actor: sender,
    });
  },
};
