import type { Rule } from '../evidence.ts';
import { exitLines, firstExit } from '../exits.ts';
import { isCrash, isLimit, signalName } from '../signals.ts';
import { senderMissing } from '../trace/gaps.ts';
import { verdict } from '../wording.ts';

export const paneSignal: Rule = {
  name: 'pane-signal',
  sentence: "The session's last program was ended by a signal, which tmux recorded.",
  judge: (evidence) => {
    const found = firstExit(evidence);
    const number = found?.exit.signal;
    if (!found || number == null) return null;
    const name = signalName(number);
    const crash = isCrash(number);
    return verdict({
      cause: isLimit(number) ? 'rlimit' : crash ? 'program-crash' : 'signal',
      confidence: crash || isLimit(number) ? 'likely' : 'certain',
      summary: crash
        ? `the program of "${found.death.session}" crashed with ${name}`
        : `the program of "${found.death.session}" was ended by ${name}`,
      signal: { name, number },
      evidence: exitLines(evidence),
      missing: crash
        ? ['whether the signal came from the program itself']
        : [senderMissing(evidence)],
    });
  },
};
