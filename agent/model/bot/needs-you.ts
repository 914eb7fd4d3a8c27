import type { BotNeed } from '../events/bot.ts';
import { printable } from '../text/printable.ts';
import { shellWord } from '../text/shell-word.ts';

/** What a person has to do, by what the bot needs; null: it does not say. */
export const needText = (need: BotNeed | null): string => {
  if (need === 'qr') return 'scan a QR code';
  return need === 'code' ? 'enter a pairing code' : 'log it in';
};

/** The command that shows what the bots of a session need. @param name NAME or SERVER:NAME */
export const loginCommand = (name: string): string =>
  `holdfast login ${shellWord(printable(name))}`;
