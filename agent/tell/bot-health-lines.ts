import { moreSince } from '../model/counter.ts';
import type { BotStatus } from '../model/status/bot-status.ts';
import type { SessionStatus } from '../model/status/session-status.ts';
import type { StatusDocument } from '../model/status/status.ts';
import { statusHomes } from '../model/status/status-homes.ts';
import type { Logger } from './process-log.ts';

/** What a bot counts, as it was when the last line was written. */
interface Totals {
  startedAt: number | null;
  counts: Record<string, number>;
}

const countsOf = (bot: BotStatus): Record<string, number> => ({
  connectionChanges: bot.changes ?? 0,
  reconnects: bot.reconnects ?? 0,
  errors: bot.errors ?? 0,
  received: bot.in?.count ?? 0,
  sent: bot.out?.count ?? 0,
});

type Home = Pick<SessionStatus, 'session' | 'server' | 'life' | 'rssBytes' | 'bots'>;

const since = (before: Totals | undefined, { startedAt, counts }: Totals) =>
  Object.fromEntries(
    Object.entries(counts).map(([name, count]) => {
      const known = before && { startedAt: before.startedAt, count: before.counts[name] ?? 0 };
      return [name, moreSince(known, { startedAt, count })];
    }),
  );

const ago = (at: number | null | undefined, now: number): number | null =>
  at === null || at === undefined ? null : now - at;

const isWell = ({ state, needs }: BotStatus): boolean =>
  needs === null && ['ready', 'connecting', 'unknown'].includes(state);

/**
 * A line in the process log for each bot: what it counted since its line before, sizes in bytes, times in ms. The memory is that of
 * its session or unit.
 */
export const createBotHealthLines = (logger: Logger) => {
  let known = new Map<string, Totals>();

  const tell = (session: Home, bot: BotStatus, now: number): [string, Totals] => {
    const key = JSON.stringify([session.life, bot.bot]);
    const totals = { startedAt: bot.startedAt, counts: countsOf(bot) };
    logger.log(isWell(bot) ? 'info' : 'warn', 'bot health', {
      ...{ session: session.session, server: session.server, bot: bot.bot, state: bot.state },
      ...(bot.why && { why: bot.why }),
      ...(bot.needs && { needs: bot.needs }),
      ...since(known.get(key), totals),
      ...{ rssBytes: session.rssBytes, ageMs: ago(bot.startedAt, now) },
      ...{ heardAgoMs: ago(bot.heardAt, now), loginAgeMs: ago(bot.login?.createdAt, now) },
      loginEndsInMs: bot.login?.expiresAt == null ? null : bot.login.expiresAt - now,
    });
    return [key, totals];
  };

  return (document: StatusDocument): void => {
    known = new Map(
      statusHomes(document).flatMap((home) =>
        (home.bots ?? []).map((bot) => tell(home, bot, document.writtenAt)),
      ),
    );
  };
};
