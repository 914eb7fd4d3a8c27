import type { Rule } from '../rule.ts';
import { causeOf } from '../witnessed/cause-of.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { tellerOf } from '../witnessed/teller.ts';
import { whatEnded, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';
import { byUnattached, goneUnattached } from '../written/ending-options.ts';
import { factLine } from '../written/facts.ts';

/** The kernel tells that the server closed it, and no client that it was told to. */
export const leftUnattached: Rule = {
  name: 'left-unattached',
  sentence:
    'The server closed the pane before its program ended, no client told it to, and destroy-unattached was on for the session.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    const options = goneUnattached(evidence);
    if (one?.scope !== 'session' || !options) return null;
    if (causeOf(one.first, evidence) !== 'tmux-command') return null;
    if (tellerOf(one.first, one.told).client) return null;
    return witnessedVerdict(one, {
      cause: 'tmux-command',
      summary: `tmux removed ${whatEnded(one)}: ${byUnattached.why}`,
      confidence: 'likely',
      actor: null,
      lines: options.map(factLine),
      missing: [byUnattached.missing],
    });
  },
};
