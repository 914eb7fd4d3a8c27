import { foreign } from '../format/foreign.ts';
import { code, lines, type Rich } from '../format/rich.ts';

/** Where there is no other answer. */
export const answerTexts = {
  agentSilent: (message: string): Rich => ['⚠️ The agent does not answer: ', foreign(message)],
  notDone: (message: string): Rich => ['Not done: ', foreign(message)],
  notKnown: (message: string): Rich =>
    lines(
      ['Nobody knows whether it was done: ', foreign(message)],
      'Look with /status before you try again.',
    ),
  failed: 'Something went wrong here; the log of the notifier has it.',
  unknownCommand: (word: string): Rich => ['There is no ', code(`/${word}`, 40), '. Send /help.'],
  unreadable: 'Send a command; /help lists them.',
  forwarded: 'A forwarded message is not obeyed. Write it yourself.',
  oldButton: 'This button is too old.',
} as const;
