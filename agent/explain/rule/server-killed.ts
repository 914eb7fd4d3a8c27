import type { Rule } from '../evidence.ts';
import { mainEnd } from '../facts/main-end.ts';
import { factLine, inOrder } from '../facts/of-kind.ts';
import { replacedLines, replacedText } from '../facts/packages.ts';
import { isCrash, signalName } from '../signals.ts';
import { senderMissing } from '../trace/gaps.ts';
import { line, sessionsText, verdict } from '../wording.ts';

/** What systemd says of the main process of the server's unit, which is the server. */
const seenHow = (number: number | null) => {
  if (number === null) return 'by a signal it cannot catch or by a crash of its own';
  return isCrash(number) ? `it crashed with ${signalName(number)}` : `by ${signalName(number)}`;
};

export const serverKilled: Rule = {
  name: 'server-killed',
  sentence:
    'The server process is gone and its clients got no goodbye. Of a managed one systemd says which signal it was.',
  judge: (evidence) => {
    const { serverEnd, server, deaths } = evidence;
    if (serverEnd?.how !== 'killed') return null;
    const exit = mainEnd(evidence);
    const number = exit?.how === 'exited' ? null : (exit?.status ?? null);
    const rest = `${sessionsText(deaths.length)} ended with it${replacedText(evidence)}`;
    return verdict({
      cause: number !== null && isCrash(number) ? 'program-crash' : 'signal',
      scope: 'server',
      confidence: number === null ? 'possible' : 'likely',
      summary: `the tmux server "${server.name}" was killed without a goodbye, ${seenHow(number)}; ${rest}`,
      signal: number === null ? null : { name: signalName(number), number },
      evidence: inOrder([
        ...replacedLines(evidence),
        ...(exit ? [factLine(exit)] : []),
        line(serverEnd.at, 'tmux', serverEnd.text || 'the connection broke'),
      ]),
      missing: [
        ...(number === null
          ? [
              'which signal: the server said nothing, so SIGKILL, the out-of-memory killer and a crash look alike from here',
            ]
          : []),
        senderMissing(evidence),
      ],
    });
  },
};
