import { quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { farewellLines } from '../server-end.ts';
import { senderMissing } from '../witnessed/gaps.ts';
import { sessionsText, verdict } from '../wording.ts';
import { serverOptionLines } from '../written/ending-options.ts';
import { replacedLines, replacedText } from '../written/packages.ts';

export const serverExited: Rule = {
  name: 'server-exited',
  sentence: 'The server said goodbye: kill-server, SIGTERM, or its last session ended.',
  judge: (evidence) => {
    const { serverEnd, server, deaths } = evidence;
    if (serverEnd?.how !== 'exited') return null;
    return verdict({
      cause: 'unknown',
      scope: 'server',
      confidence: 'possible',
      summary: `the tmux server ${quoted(server.name)} ended in an orderly way (kill-server or SIGTERM); ${sessionsText(deaths.length)} ended with it${replacedText(evidence)}`,
      evidence: [
        ...replacedLines(evidence),
        ...serverOptionLines(evidence),
        ...farewellLines(evidence),
      ],
      missing: [
        'whether kill-server or SIGTERM ended it: tmux says the same words for both',
        senderMissing(evidence),
      ],
    });
  },
};
