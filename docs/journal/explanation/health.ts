import type { Explanations } from './explanation.ts';

export const healthExplanations: Explanations<'health'> = {
  'health.worse': {
    subject: 'A session is not well',
    meaning:
      'The session is there, and its checks agree that it is degraded, has failed, or waits for a person. The message names the check and what it found.',
    look: '`holdfast health` shows every check of it, when it was last looked at and what was found. `holdfast attach` goes to the session.',
  },
  'health.better': {
    subject: 'A session is well again',
    meaning: 'All checks of the session agree that it is well.',
    look: 'Nothing has to be done. `holdfast events` shows what it was before.',
  },
};
