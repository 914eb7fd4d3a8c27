import { inOrder } from '../evidence-lines.ts';
import type { Rule } from '../rule.ts';
import { endLines } from '../server-end.ts';
import { serverUnit } from '../server-unit.ts';
import { stopReason } from '../stop/stop-reason.ts';
import { absence, sessionsText, verdict } from '../wording.ts';

export const writtenStop: Rule = {
  name: 'written-stop',
  sentence:
    'Nothing was witnessed, but systemd wrote down that it was stopping the unit of the managed server as that ended, or why.',
  judge: (evidence) => {
    const { serverEnd, server, deaths } = evidence;
    const unit = serverUnit(evidence);
    if (!serverEnd || unit === null) return null;
    const stop = { units: [unit], at: serverEnd.at, isByManager: false, signal: null };
    const reason = stopReason(evidence, stop);
    if (!reason) return null;
    const { cause, text, actor, lines, missing } = reason;
    const watched = deaths[0]?.watched ?? 'live';
    const isSeen = watched === 'live';
    return verdict({
      ...{ cause, scope: 'server', actor },
      confidence: reason.isCertain && isSeen ? 'certain' : 'likely',
      summary: `the tmux server "${server.name}" ended: ${text}; ${sessionsText(deaths.length)} ended with it`,
      evidence: inOrder([...lines, ...endLines(evidence)]),
      missing: [...missing, ...(isSeen ? [] : [`the moment itself: ${absence[watched]}`])],
    });
  },
};
