import type { Rule } from '../rule.ts';
import { SIGINT, SIGQUIT, signalName } from '../signals.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';

const keys: Record<number, string> = { [SIGINT]: 'Ctrl-C', [SIGQUIT]: 'Ctrl-\\' };

export const typed: Rule = {
  name: 'typed',
  sentence:
    'The kernel sent the signal for the terminal: Ctrl-C or Ctrl-\\ was typed, or sent as keys.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (one?.first.nature !== 'typed') return null;
    const { signal } = one.first.signal;
    return witnessedVerdict(one, {
      cause: 'signal',
      summary: `${signalName(signal)} to ${whatEnded(one)} from its terminal: ${keys[signal]} was typed, or sent as a key${withIt(one)}`,
      actor: null,
      missing: ['who typed it: the kernel sends it for the terminal, whoever wrote there'],
    });
  },
};
