import { shortened } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { oomdBehind } from '../witnessed/oomd-behind.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';

const reasons = { pressure: 'memory was under pressure', swap: 'swap was nearly full' };

export const oomdKilled: Rule = {
  name: 'oomd-killed',
  sentence:
    'The SIGKILL came from the service of systemd-oomd, or systemd-oomd wrote down that it killed the cgroup the program was in.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    const trail = one && oomdBehind(one.first, evidence);
    if (!trail) return null;
    const { kill, lines } = trail;
    const why = kill ? `: ${reasons[kill.reason]} (${shortened(kill.group, 80)})` : '';
    return witnessedVerdict(one, {
      cause: 'oomd',
      summary: `systemd-oomd killed ${whatEnded(one)}${why}${withIt(one)}`,
      confidence: kill ? 'certain' : 'likely',
      actor: one.first.signal.sender,
      lines,
      missing: kill ? [] : ['why systemd-oomd did it: it has written nothing down that was read'],
    });
  },
};
