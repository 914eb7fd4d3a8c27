import { exitLines } from '../exits.ts';
import { sessionsOf } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { loggedTeller } from '../tmux-command/logged-teller.ts';
import { toldBy } from '../tmux-command/told-by.ts';
import { endingOf } from '../witnessed/ending.ts';
import { isComplete } from '../witnessed/gaps.ts';
import { verdict } from '../wording.ts';

/** Without the kernel's word, the log alone tells. */
export const loggedCommand: Rule = {
  name: 'logged-command',
  sentence:
    "The server lives and recorded no end of the program, and its own log has one client's command for that in the same minute.",
  judge: (evidence) => {
    const { serverEnd, deaths, server } = evidence;
    if (serverEnd || deaths.length === 0 || deaths.some(({ exit }) => exit)) return null;
    if (endingOf(evidence) || isComplete(evidence)) return null;
    const teller = loggedTeller(evidence);
    // Of an adopted server nobody knows whether a program ended by itself.
    if (!teller || !(teller.isSaid || server.managed)) return null;
    const { text, actor, lines, missing } = toldBy(teller, evidence);
    return verdict({
      ...{ cause: 'tmux-command', confidence: teller.isSaid ? 'likely' : 'possible' },
      summary: `tmux was told to remove ${sessionsOf(deaths)}, by ${text}`,
      evidence: [...lines, ...exitLines(evidence)],
      ...{ actor, missing },
    });
  },
};
