import type { Explanations } from './explanation.ts';

export const botExplanations: Explanations<'bot'> = {
  'bot.needs-login': {
    subject: 'A bot in the session @HOLDFAST_SESSION@ waits for a login',
    meaning:
      'The bot runs and can do nothing before somebody logs it in, by a QR code, a pairing code or in another way. What it takes for that is never written down.',
    look: '`holdfast login SESSION` shows the QR code, the pairing code or the address.',
  },
  'bot.logged-out': {
    subject: 'A bot in the session @HOLDFAST_SESSION@ was logged out',
    meaning:
      'The service ended the login of the bot: from another device, or because it was refused. The bot runs and can do nothing.',
    look: 'Log it in again. Where nobody meant it, see with the service which devices are logged in.',
  },
  'bot.lost': {
    subject: 'A bot in the session @HOLDFAST_SESSION@ is not heard any more',
    meaning:
      'The bot said how it is and stopped doing so, while its session goes on: its process ended inside the session, or hangs.',
    look: '`holdfast status` shows whether it is back. Else look at the screen of the session.',
  },
};
