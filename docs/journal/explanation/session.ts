import type { Explanations } from './explanation.ts';

export const sessionExplanations: Explanations<'supervision' | 'session'> = {
  'supervision.started': {
    subject: 'The session @HOLDFAST_SESSION@ is supervised',
    meaning: 'This life of the session is watched from now on: it was just created, or was found.',
    look: 'Nothing has to be done.',
  },
  'session.ended': {
    subject: 'The session @HOLDFAST_SESSION@ ended as it was meant to',
    meaning:
      'An operator ended it, its shell exited by itself, or its panes live on elsewhere. That is no death, and the session is not brought back.',
    look: 'Nothing has to be done. `holdfast start SESSION` starts a declared session again.',
  },
  'session.died': {
    subject: 'The session @HOLDFAST_SESSION@ died',
    meaning:
      'The session ended and nobody meant it. A declared session is brought back unless its configuration says otherwise or it died too often.',
    look: '`holdfast why @HOLDFAST_INCIDENT@` shows how it ended, its last screen, and the evidence for what ended it.',
  },
};
