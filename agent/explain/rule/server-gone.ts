import { line } from '../evidence-lines.ts';
import { quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { senderMissing } from '../witnessed/gaps.ts';
import { absence, sessionsText, verdict } from '../wording.ts';
import { replacedLines, replacedText } from '../written/packages.ts';

export const serverGone: Rule = {
  name: 'server-gone',
  sentence: 'The server is gone and nobody heard how.',
  judge: (evidence) => {
    const { serverEnd, deaths, server } = evidence;
    if (!serverEnd) return null;
    const absent = absence[deaths[0]?.watched ?? 'live'];
    return verdict({
      cause: 'unknown',
      scope: 'server',
      confidence: 'possible',
      summary: `the tmux server ${quoted(server.name)} is gone, and ${absent} when it went; ${sessionsText(deaths.length)} ended with it${replacedText(evidence)}`,
      evidence: [
        ...replacedLines(evidence),
        line(serverEnd.at, 'procfs', serverEnd.text || 'the server process is gone'),
      ],
      missing: [`how it ended: ${absent}`, senderMissing(evidence)],
    });
  },
};
