import type { Rule } from '../evidence.ts';
import { senderMissing } from '../trace/gaps.ts';
import { line, sessionsText, verdict } from '../wording.ts';

export const serverKilled: Rule = {
  name: 'server-killed',
  sentence: 'The server process is gone and its clients got no goodbye.',
  judge: (evidence) => {
    const { serverEnd, server, deaths } = evidence;
    if (serverEnd?.how !== 'killed') return null;
    return verdict({
      cause: 'signal',
      scope: 'server',
      confidence: 'possible',
      summary: `the tmux server "${server.name}" was killed without a goodbye, by a signal it cannot catch or by a crash of its own; ${sessionsText(deaths.length)} ended with it`,
      evidence: [line(serverEnd.at, 'tmux', serverEnd.text || 'the connection broke')],
      missing: [
        'which signal: the server said nothing, so SIGKILL, the out-of-memory killer and a crash look alike from here',
        senderMissing(evidence),
      ],
    });
  },
};
