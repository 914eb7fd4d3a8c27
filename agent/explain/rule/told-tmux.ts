import type { Verdict } from '../../model/events/incident.ts';
import type { SeenProcess } from '../../model/witnessed.ts';
import { quoted, whoIs } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { causeOf } from '../witnessed/cause-of.ts';
import { type OneCause, oneCause } from '../witnessed/one-cause.ts';
import { isCovered, isSeen, tellerOf } from '../witnessed/teller.ts';
import type { Told } from '../witnessed/told.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';
import { isUnattachedOff } from '../written/ending-options.ts';

const whoGave = 'who gave the command: ';

/** `3 clients of tmux ended at that moment ("tmux -C attach-session" (pid 9), …)` */
const severalText = (candidates: readonly SeenProcess[], told: Told): string => {
  const some = candidates.slice(0, 3).map((one) => whoIs(one, told));
  const rest = candidates.length > some.length ? ', …' : '';
  return `${candidates.length} clients of tmux ended at that moment (${some.join(', ')}${rest})`;
};

const untoldBy = ({ scope, told, first }: OneCause, candidates: readonly SeenProcess[]): string => {
  if (!isCovered(first, told)) {
    return `${whoGave}more clients of tmux ended since than the witness remembers`;
  }
  if (candidates.length > 1) {
    return `${whoGave}${severalText(candidates, told)}, and which of them it was is not seen`;
  }
  const [only] = candidates;
  if (only && !isSeen(only)) {
    return `${whoGave}the one client of tmux that ended at that moment (pid ${only.pid}) was not seen before`;
  }
  if (scope === 'server') return `${whoGave}no client of tmux was seen to end at that moment`;
  const option = isUnattachedOff(told) ? '' : ', or the option destroy-unattached';
  return `${whoGave}a key in a terminal or a control client, neither of which ends with it${option}`;
};

const judged = (one: OneCause): Verdict => {
  const { told, first, findings } = one;
  const { client, certain, candidates } = tellerOf(first, told);
  const what =
    one.scope === 'server'
      ? `tmux was told to end its server ${quoted(told.server.name)}`
      : `tmux was told to remove ${whatEnded(one)}`;
  const isSure = findings.every((finding) => tellerOf(finding, told).certain);
  return witnessedVerdict(one, {
    cause: causeOf(first, told),
    summary: `${what}${client ? `, by ${whoIs(client, told)}` : ''}${withIt(one)}`,
    confidence: client && certain && isSure ? 'certain' : 'likely',
    actor: client,
    missing: client
      ? certain
        ? []
        : ['what that client was told: its command line does not say, or another may have done it']
      : [untoldBy(one, candidates)],
  });
};

export const toldTmux: Rule = {
  name: 'told-tmux',
  sentence:
    'The server sent itself SIGTERM, or closed the pane before its program ended: tmux was told to, by a client that ended then, or by a key or an option.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (!one || causeOf(one.first, evidence) !== 'tmux-command') return null;
    return judged(one);
  },
};
