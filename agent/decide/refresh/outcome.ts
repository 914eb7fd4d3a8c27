import { botsOf, neededSince } from '../../model/bot/bots.ts';
import type { SessionRefresh } from '../../model/config/refresh.ts';
import type { Home } from '../../model/homes.ts';
import { healthOf } from '../../model/life.ts';
import type { Refreshing } from '../../model/refresh.ts';
import type { State } from '../../model/state.ts';
import { formatSpan } from '../../model/text/span-text.ts';
import { dueOf } from './due.ts';
import { isNewer, loginOf } from './login.ts';

export type Ending =
  | { outcome: 'done'; life: string }
  | { outcome: 'needs-person' }
  | { outcome: 'failed'; code: string; message: string };

/** What starts and fails is gone by then. ms */
const settlingMs = 5000;

/** A bot that has a login may say that it needs one while it starts. ms */
const transientMs = 15_000;

const failed = (code: string, message: string): Ending => ({ outcome: 'failed', code, message });

const speaks = new Set(['ready', 'degraded', null]);

/** Where no bot speaks of a login: it is up again, and well. */
const isWell = (state: State, life: Home, { spoke }: Refreshing, now: number): boolean => {
  const health = healthOf(state, life)?.status ?? 'healthy';
  const bots = botsOf(state, life.life).filter(({ lost }) => !lost);
  const isSettled = now - life.createdAt >= settlingMs || now < life.createdAt;
  return (
    isSettled &&
    (health === 'healthy' || health === 'degraded') &&
    bots.every(({ connection }) => speaks.has(connection)) &&
    (!spoke || bots.length > 0)
  );
};

/** Whether it worked: a newer login that is not due again at once, or, where no bot speaks of one, that all is well. */
const worked = (
  state: State,
  life: Home,
  refreshing: Refreshing,
  policy: SessionRefresh,
  now: number,
): boolean => {
  const { way, login } = refreshing;
  const present = loginOf(state, life);
  if (isNewer(present, login)) return (dueOf(present, policy)?.at ?? now + 1) > now;
  if (login.by === 'bot' || login.expiresAt !== null) return false;
  return way === 'restart'
    ? isWell(state, life, refreshing, now)
    : refreshing.acted?.outcome === 'done';
};

const isOver = ({ startedAt, until }: Refreshing, now: number): boolean =>
  // The clock was set back: nobody knows how long it has been.
  now >= until || now < startedAt - (until - startedAt);

/**
 * What became of a refresh; null: it is under way.
 * @param life of the declared session or unit; null: it is down
 */
export const endingOf = (
  state: State,
  life: Home | null,
  refreshing: Refreshing,
  policy: SessionRefresh,
  now: number,
): Ending | null => {
  const { way, acted, startedAt, until } = refreshing;
  if (acted?.outcome === 'failed') return failed('action-failed', acted.message);
  const isSame = life?.life === refreshing.life;
  if (way !== 'restart' && !isSame) return failed('session-ended', 'the session ended meanwhile');
  // The old life of one that is started anew says nothing.
  if (life && isSame === (way !== 'restart')) {
    const since = neededSince(state, life);
    const isMeant = since !== null && (now - since >= transientMs || isOver(refreshing, now));
    if (isMeant) return { outcome: 'needs-person' };
    if (since === null && worked(state, life, refreshing, policy, now))
      return { outcome: 'done', life: life.life };
  }
  if (!isOver(refreshing, now)) return null;
  const limit = formatSpan(until - startedAt);
  return failed('timed-out', `nothing was seen of a newer login within ${limit}`);
};
