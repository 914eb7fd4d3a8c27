import { exitLines } from '../exits.ts';
import { quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { senderMissing } from '../witnessed/gaps.ts';
import { countText, verdict } from '../wording.ts';

export const differentEndings: Rule = {
  name: 'different-endings',
  sentence: 'Sessions ended within two seconds of each other, and not all in one way.',
  judge: (evidence) => {
    const { deaths, serverEnd } = evidence;
    const ways = new Set(deaths.map(({ exit }) => `${exit?.status ?? ''}/${exit?.signal ?? ''}`));
    if (serverEnd || ways.size < 2) return null;
    return verdict({
      cause: 'unknown',
      confidence: 'possible',
      summary: `${countText(deaths.length, deaths)}${deaths[0]?.unit ? '' : ` on ${quoted(evidence.server.name)}`} ended within two seconds, in ${ways.size} different ways: no one cause is seen`,
      evidence: exitLines(evidence),
      missing: ['whether these ends have to do with each other', senderMissing(evidence)],
    });
  },
};
