import { code, lines, type Rich } from '../format/rich.ts';

export const pairingTexts = {
  paired: (host: string): Rich =>
    lines(
      ['👋 You are paired with ', code(host), '. Alerts of this machine arrive here.'],
      'Send /status for how things are, /help for what else there is.',
    ),
  already: (host: string): Rich => ['You are paired with ', code(host), ' already. Send /help.'],
  removed: (host: string): Rich => ['You are no longer paired with ', code(host), '.'],
} as const;
