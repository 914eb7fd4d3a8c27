import type { Explanations } from './explanation.ts';

export const forecastExplanations: Explanations<'forecast'> = {
  'forecast.warned': {
    subject: 'Something is going to be used up',
    meaning:
      'Memory of a session, a file system, or something else that has a limit has grown for a while, and reaches its limit if it goes on so. MESSAGE says what and when.',
    look: '`holdfast status` has it while it stands, `holdfast top` shows the memory of all sessions. A session that leaks is restarted with `holdfast restart`, at a time of your choosing.',
  },
  'forecast.cleared': {
    subject: 'Something is no longer going to be used up',
    meaning: 'What was warned of has not grown for a quarter of an hour, or its session has ended.',
    look: 'Nothing has to be done.',
  },
};
