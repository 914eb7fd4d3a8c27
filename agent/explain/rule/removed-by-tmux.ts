import type { Evidence } from '../evidence.ts';
import { exitLines } from '../exits.ts';
import { quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { countedLine } from '../session-ooms.ts';
import { isTold } from '../witnessed/told.ts';
import { sessionsText, verdict } from '../wording.ts';

const silence = (evidence: Evidence): string => {
  if (isTold(evidence)) return 'what the kernel told does not show it';
  const { untold } = evidence;
  return `tmux keeps no record of it${untold === undefined ? '' : `, and clients are not seen here: ${untold}`}`;
};

export const removedByTmux: Rule = {
  name: 'removed-by-tmux',
  sentence:
    'The managed server lives and recorded no end of the last program: tmux itself took the session away.',
  judge: (evidence) => {
    const { server, serverEnd, deaths } = evidence;
    if (!server.managed || serverEnd || deaths.length === 0) return null;
    return verdict({
      cause: 'tmux-command',
      confidence: 'likely',
      summary: `tmux was told to remove ${deaths.length === 1 ? `the session ${quoted(deaths[0]?.session ?? '')}` : sessionsText(deaths.length)} (kill-session or the like): no program ended before it`,
      evidence: [...(evidence.ooms ?? []).slice(0, 5).map(countedLine), ...exitLines(evidence)],
      missing: [`who gave the command: ${silence(evidence)}`],
    });
  },
};
