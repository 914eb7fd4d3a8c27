import type { Explanations } from './explanation.ts';

export const incidentExplanations: Explanations<'incident' | 'verdict'> = {
  'incident.opened': {
    subject: 'Incident @HOLDFAST_INCIDENT@ was opened',
    meaning:
      'Deaths of one server within two seconds are one incident. It is explained after a short wait for late evidence.',
    look: '`holdfast why @HOLDFAST_INCIDENT@` shows what is known of it.',
  },
  'incident.grew': {
    subject: 'Incident @HOLDFAST_INCIDENT@ grew',
    meaning: 'More deaths belong to this incident. It is explained anew.',
    look: '`holdfast why @HOLDFAST_INCIDENT@` shows what is known of it.',
  },
  'verdict.reached': {
    subject: 'Incident @HOLDFAST_INCIDENT@ was explained: @HOLDFAST_CAUSE@',
    meaning:
      'What ended these sessions, as far as it was seen. Done by: @HOLDFAST_ACTOR@. A verdict never guesses: its confidence is certain, likely or possible, and what was not seen is listed. A second verdict that only has more evidence is no entry.',
    look: '`holdfast why @HOLDFAST_INCIDENT@` shows the evidence, and what ran whoever did it. What each cause means, and what to do about it, is in docs/CAUSES.md.',
  },
};
