import { needsPerson } from '../../model/bot/bots.ts';
import type { SessionRefresh } from '../../model/config/refresh.ts';
import type { Home } from '../../model/homes.ts';
import { notesOf, type RefreshWait } from '../../model/refresh.ts';
import { turnOf } from './back-off.ts';
import type { Due } from './due.ts';
import type { Outlook } from './outlook.ts';
import { quietAt } from './quiet.ts';
import { isBusy, isTaken, mayRestart } from './room.ts';

/** What keeps a login that is due from being renewed now; null: nothing. */
export const waitOf = (
  { state, config, now, seen }: Outlook,
  life: Home,
  policy: SessionRefresh,
  due: Due,
): RefreshWait | null => {
  const { session, server } = life;
  if (needsPerson(state, life)) return 'needs-person';
  const turn = turnOf(notesOf(state, session).attempts, policy, now);
  if (turn !== 'free') return turn;
  if (isBusy(state, life, now)) return 'busy';
  // A bot that has just started may be about to renew its login by itself.
  if (now >= life.createdAt && now - life.createdAt < policy.timeoutMs) return 'young';
  if (policy.how.way === 'restart' && !mayRestart(state, config, life, now)) {
    return 'restarts-used-up';
  }
  if (now < due.endsAt && quietAt(seen, policy.quietMs, now) > now) return 'quiet';
  return isTaken(state, server) ? 'one-at-a-time' : null;
};
