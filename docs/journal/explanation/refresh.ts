import type { Explanations } from './explanation.ts';

export const refreshExplanations: Explanations<'refresh'> = {
  'refresh.done': {
    subject: 'The login of the session @HOLDFAST_SESSION@ was renewed',
    meaning: 'Its bot has a newer login than before, so it does not run out.',
    look: 'Nothing has to be done. `holdfast status SESSION` shows when it is due again.',
  },
  'refresh.failed': {
    subject: 'The login of the session @HOLDFAST_SESSION@ was not renewed',
    meaning:
      'What the configuration asks for (refresh) did not work in time. It is tried again after a while, so often and no more.',
    look: 'The entry names the reason. `holdfast refresh SESSION` tries it at once and says how it went.',
  },
  'refresh.gave-up': {
    subject: 'Holdfast gave up on renewing the login of the session @HOLDFAST_SESSION@',
    meaning:
      'It failed as often as the configuration allows within the window (refresh.maxAttempts), so it is left alone until that is over. The bot goes on as long as its login lasts.',
    look: 'The entries before say why each try failed. Mend that, then run `holdfast refresh SESSION`.',
  },
  'refresh.needs-person': {
    subject: 'The login of the session @HOLDFAST_SESSION@ needs a person',
    meaning:
      'Its login is to be renewed, and the bot waits for somebody: for a QR code, a code or a login. Holdfast does not start it anew for that: it would only ask again.',
    look: 'Log it in: `holdfast attach SESSION` goes there.',
  },
};
