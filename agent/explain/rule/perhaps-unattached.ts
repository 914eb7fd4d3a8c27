import { exitLines } from '../exits.ts';
import { sessionsOf } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { endingOf } from '../witnessed/ending.ts';
import { isComplete } from '../witnessed/gaps.ts';
import { verdict } from '../wording.ts';
import { byUnattached, goneUnattached } from '../written/ending-options.ts';
import { factLine } from '../written/facts.ts';

const howEnded = 'how its program ended: on an adopted server tmux keeps no exit status';

/** Without the kernel's word, the option alone tells. */
export const perhapsUnattached: Rule = {
  name: 'perhaps-unattached',
  sentence:
    'The server lives and recorded no end of the program, and destroy-unattached was on for the session.',
  judge: (evidence) => {
    const { deaths, server, serverEnd } = evidence;
    const options = goneUnattached(evidence);
    if (serverEnd || !options || endingOf(evidence) || isComplete(evidence)) return null;
    if (deaths.some(({ exit }) => exit)) return null;
    return verdict({
      ...{ cause: 'tmux-command', confidence: 'possible' },
      summary: `tmux may have removed ${sessionsOf(deaths)} by itself: ${byUnattached.why}`,
      evidence: [...options.slice(0, 20).map(factLine), ...exitLines(evidence)],
      missing: [byUnattached.missing, ...(server.managed ? [] : [howEnded])],
    });
  },
};
