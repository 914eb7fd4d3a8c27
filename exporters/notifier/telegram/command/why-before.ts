import type { IncidentReport } from '../../../../agent/protocol/agent.ts';
import { foreign } from '../format/foreign.ts';
import { italic, type Rich } from '../format/rich.ts';
import { clock } from '../format/time.ts';
import { incidentTexts } from '../texts/incidents.ts';

const mostText = 300;

/** The nearest; all are in `holdfast why --evidence`. */
const mostDone = 2;

type Report = Pick<IncidentReport, 'incident' | 'preceded' | 'pattern'>;

/** How the same came about before, and what would prevent it. An agent of an older release does not tell. */
export const patternLines = ({ pattern }: Report): Rich[] => {
  if (!pattern) return [];
  const { text, prevention } = pattern;
  const toPrevent =
    prevention === null
      ? []
      : [[italic(incidentTexts.prevent), foreign(prevention, 'plain', mostText)]];
  return [foreign(text, 'plain', mostText), ...toPrevent];
};

/** What mattered of the minute before: measures, and what others did. */
export const precededLines = ({ incident, preceded }: Report): Rich[] => {
  const done = (incident.verdict?.preceded ?? []).slice(-mostDone);
  const texts = [
    // An agent of an older release does not tell.
    ...(preceded ?? []),
    ...done.map(({ at, text }) => `${clock(at).slice(0, 8)} ${text}`),
  ];
  if (texts.length === 0) return [];
  return [
    '',
    incidentTexts.before,
    ...texts.map((text): Rich => ['– ', foreign(text, 'plain', mostText)]),
  ];
};
