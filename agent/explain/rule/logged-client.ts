import type { Rule } from '../rule.ts';
import { loggedTeller } from '../tmux-command/logged-teller.ts';
import { toldBy } from '../tmux-command/told-by.ts';
import { causeOf } from '../witnessed/cause-of.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { tellerOf } from '../witnessed/teller.ts';
import { whatEnded, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';

/** The log names who gave a command, where the kernel tells that one was given. */
export const loggedClient: Rule = {
  name: 'logged-client',
  sentence:
    'The server closed the pane before its program ended, and its own log names one client that told it to in that minute.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (one?.scope !== 'session' || causeOf(one.first, evidence) !== 'tmux-command') return null;
    if (tellerOf(one.first, one.told).certain) return null;
    const teller = loggedTeller(evidence);
    if (!teller) return null;
    const { text, actor, lines, missing } = toldBy(teller, evidence);
    return witnessedVerdict(one, {
      cause: 'tmux-command',
      summary: `tmux was told to remove ${whatEnded(one)}, by ${text}`,
      confidence: 'likely',
      actor: null,
      behind: actor,
      ...{ lines, missing },
    });
  },
};
