import type { BotNeed, BotRef } from './events/bot.ts';

/** What somebody has to do before a bot can go on. A secret: it is handed out, and never written down. */
export interface BotNeeded extends BotRef {
  kind: BotNeed;
  /** What is in the QR code, the pairing code, or where to log in. */
  text: string;
  /** When the bot last said so, ms since the epoch. */
  at: number;
}
