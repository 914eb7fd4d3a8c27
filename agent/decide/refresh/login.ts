import { botsOf } from '../../model/bot/bots.ts';
import type { BotLogin } from '../../model/events/bot.ts';
import type { KnownLogin } from '../../model/events/refresh.ts';
import type { Home } from '../../model/homes.ts';
import { notesOf } from '../../model/refresh.ts';
import type { State } from '../../model/state.ts';

const madeAt = ({ refreshedAt, createdAt }: BotLogin): number | null => refreshedAt ?? createdAt;

const earliest = (times: readonly (number | null)[]): number | null => {
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? Math.min(...known) : null;
};

/** What the bots of a life say of their logins; what one that is not heard any more said counts where no other says it. */
const reported = (state: State, life: string): BotLogin[] => {
  const telling = botsOf(state, life).filter(({ login }) => login !== null);
  const heard = telling.filter(({ lost }) => !lost);
  return (heard.length > 0 ? heard : telling).flatMap(({ login }) => login ?? []);
};

/** The login of a session or unit: of several bots the oldest counts, and what runs out first. */
export const loginOf = (state: State, life: Home): KnownLogin => {
  const logins = reported(state, life.life);
  const since = earliest(logins.map(madeAt));
  const expiresAt = earliest(logins.map((login) => login.expiresAt));
  if (since !== null) return { since, by: 'bot', expiresAt };
  const renewed = notesOf(state, life.session).renewed;
  const renewedAt = renewed?.life === life.life ? renewed.at : 0;
  return { since: Math.max(life.createdAt, renewedAt), by: 'session', expiresAt };
};

/** Whether a bot says of one that it is newer, or runs out later, than another. */
export const isNewer = (now: KnownLogin, before: KnownLogin): boolean => {
  const isMade = now.by === 'bot' && (before.by === 'session' || now.since > before.since);
  const isLonger = now.expiresAt !== null && now.expiresAt > (before.expiresAt ?? now.expiresAt);
  return isMade || isLonger;
};
