import { botLabel } from '../../model/bot/bot-needed.ts';
import { loginCommand, needText } from '../../model/bot/needs-you.ts';
import type { BotNeed } from '../../model/events/bot.ts';
import type { SessionStatus } from '../../model/status/session-status.ts';
import { printable } from '../../model/text/printable.ts';

/** A bot that waits for somebody. */
interface NeedsYou {
  session: string;
  server: string;
  bot: string;
  need: BotNeed;
  /** In one line, with the command that shows what it takes. */
  text: string;
}

type Home = Pick<SessionStatus, 'session' | 'server' | 'bots'>;

/** A name that stands for this session alone. */
const nameIn = (sessions: readonly Home[], { session, server }: Home): string =>
  sessions.filter((other) => other.session === session).length > 1
    ? `${server}:${session}`
    : session;

/** Every bot that cannot go on without a person. */
export const needsYou = (sessions: readonly Home[]): NeedsYou[] =>
  sessions.flatMap((one) =>
    (one.bots ?? []).flatMap(({ bot, needs }) => {
      if (needs === null || needs === undefined) return [];
      const name = nameIn(sessions, one);
      const who = printable(botLabel({ session: name, bot }));
      const text = `${who} needs you: ${needText(needs)} (${loginCommand(name)})`;
      return [{ session: one.session, server: one.server, bot, need: needs, text }];
    }),
  );
