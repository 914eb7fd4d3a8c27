import type { DeathRecord } from '../../model/events/death.ts';
import { line } from '../evidence-lines.ts';
import { countLines } from '../memory-kills.ts';
import { quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { senderMissing } from '../witnessed/gaps.ts';
import { absence, sessionsText, verdict } from '../wording.ts';
import { replacedLines, replacedText } from '../written/packages.ts';

const unwatched = (death: DeathRecord | undefined): string[] =>
  death && death.watched !== 'live' ? [`the moment itself: ${absence[death.watched]}`] : [];

export const nothingKnown: Rule = {
  name: 'nothing-known',
  sentence: 'Nothing that can be seen from here tells the cause.',
  judge: (evidence) => {
    const { server, trouble, deaths } = evidence;
    return verdict({
      cause: 'unknown',
      confidence: 'possible',
      summary: `${sessionsText(deaths.length)} on ${quoted(server.name)} ended and nothing seen from here tells why${trouble ? replacedText(evidence) : ''}`,
      evidence: [
        ...(trouble ? replacedLines(evidence) : []),
        ...countLines(evidence),
        ...deaths
          .slice(0, 20)
          .map((death) =>
            line(death.found, 'tmux', `${death.session}: gone from the list of sessions`),
          ),
      ],
      missing: [
        ...unwatched(deaths[0]),
        ...(trouble ? [`tmux's own words: the server was ${trouble}`] : []),
        ...(server.managed
          ? []
          : [
              'how its programs ended: an adopted server is watched, not touched, and tmux alone keeps no exit status',
            ]),
        senderMissing(evidence),
      ],
    });
  },
};
