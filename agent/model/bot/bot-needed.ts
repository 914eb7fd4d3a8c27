import type { BotConnection, BotNeed, BotRef } from '../events/bot.ts';
import type { State } from '../state.ts';

/** What somebody has to do before a bot can go on. A secret: it is handed out, and never written down. */
export interface BotNeeded extends BotRef {
  kind: BotNeed;
  /** What is in the QR code, the pairing code, or where to log in. */
  text: string;
  /** When the bot last said so, ms since the epoch. */
  at: number;
}

/** How a bot is, whether it needs somebody or not. */
export interface BotStanding extends BotRef {
  state: BotConnection | 'lost' | 'unknown';
}

/** Whether `name` may stand for the session of this bot: NAME or SERVER:NAME. */
export const isBotOf = ({ server, session }: BotRef, name: string): boolean =>
  session === name || `${server}:${session}` === name;

/** The same bot in any life of its session: one that is started anew asks anew. */
export const isSameBot = (a: BotRef, b: BotRef): boolean =>
  a.session === b.session && a.server === b.server && a.bot === b.bot;

/** What people call it: its session, and which bot of it where it has a name. As strangers wrote it: not printable yet. */
export const botLabel = ({ session, bot }: Pick<BotRef, 'session' | 'bot'>): string =>
  bot === '' ? session : `${session}, ${bot}`;

/** The bots that `name` may stand for, as they are now. What has no session, such as a unit, may have one too. */
export const standingsOf = ({ bots = {} }: Pick<State, 'bots'>, name?: string): BotStanding[] =>
  Object.values(bots)
    .filter((one) => name === undefined || isBotOf(one, name))
    .map(({ session, server, life, bot, connection, lost }) => ({
      ...{ session, server, life, bot },
      state: lost ? 'lost' : (connection ?? 'unknown'),
    }));
