import { exitLines } from '../exits.ts';
import { sessionsOf } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { untoldOf } from '../witnessed/gaps.ts';
import { verdict } from '../wording.ts';

export const unitUnseen: Rule = {
  name: 'unit-unseen',
  sentence:
    'A unit ended and ran again before systemd could be asked how, and nothing was written down.',
  judge: (evidence) => {
    const { deaths } = evidence;
    if (deaths.length === 0 || deaths.some(({ unit }) => !unit)) return null;
    return verdict({
      ...{ cause: 'unknown', confidence: 'possible' },
      summary: `${sessionsOf(deaths)} ended, and nothing seen from here tells why`,
      evidence: exitLines(evidence),
      missing: [untoldOf(evidence, 'how its main process ended')],
    });
  },
};
