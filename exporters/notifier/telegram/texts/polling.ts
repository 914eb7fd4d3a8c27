/** For the log: who polls is not heard by anybody on Telegram. */
export const pollingTexts = {
  conflict:
    'another program uses this token: of two that ask Telegram for messages only one gets each. Stop the other one, or ' +
    'give Holdfast a bot of its own',
  webhook:
    'a webhook is set for this bot, so its messages go there. Remove it, or give Holdfast a bot of its own',
  unauthorized: 'Telegram does not know this token: was it revoked? Put the new one into place',
  waiting: 'Telegram cannot be reached; trying again',
  back: 'Telegram answers again',
} as const;
