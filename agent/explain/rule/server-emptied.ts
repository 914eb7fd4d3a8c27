import type { Verdict } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { farewellLines } from '../server-end.ts';
import { endingOf } from '../witnessed/ending.ts';
import { isComplete, senderMissing } from '../witnessed/gaps.ts';
import { sessionsText, verdict } from '../wording.ts';
import { serverOption, serverOptionLines } from '../written/ending-options.ts';
import { replacedLines, replacedText } from '../written/packages.ts';

const orSignal =
  'whether it was that, kill-server or SIGTERM: tmux takes leave of all of them with the same words';

const byOption = (evidence: Evidence): Pick<Verdict, 'cause' | 'summary'> | null => {
  const { server, deaths } = evidence;
  const name = quoted(server.name);
  if (serverOption(evidence, 'exit-unattached')?.isOn) {
    const summary = `the tmux server ${name} ended in an orderly way, and exit-unattached was on, by which it goes with its last client; ${sessionsText(deaths.length)} ended with it`;
    return { cause: 'tmux-command', summary };
  }
  const [only, ...others] = deaths;
  if (!only || others.length > 0 || !serverOption(evidence, 'exit-empty')?.isOn) return null;
  const summary = `${quoted(only.session)} ended, and the tmux server ${name} in an orderly way: with its last session (exit-empty was on), or it was told to`;
  return { cause: 'unknown', summary };
};

export const serverEmptied: Rule = {
  name: 'server-emptied',
  sentence:
    'The server said goodbye, and an option by which it ends by itself was on: exit-unattached, or exit-empty as its last session ended.',
  judge: (evidence) => {
    const { serverEnd } = evidence;
    if (serverEnd?.how !== 'exited' || endingOf(evidence) || isComplete(evidence)) return null;
    const found = byOption(evidence);
    if (!found) return null;
    return verdict({
      ...{ cause: found.cause, scope: 'server', confidence: 'possible' },
      summary: `${found.summary}${replacedText(evidence)}`,
      evidence: [
        ...replacedLines(evidence),
        ...serverOptionLines(evidence),
        ...farewellLines(evidence),
      ],
      missing: [orSignal, senderMissing(evidence)],
    });
  },
};
