import { botsOf } from '../../model/bot/bots.ts';
import type { SessionRefresh } from '../../model/config/refresh.ts';
import type { NewEvent } from '../../model/event.ts';
import type { Requester } from '../../model/events/action.ts';
import type { RefreshReason } from '../../model/events/refresh.ts';
import type { Home } from '../../model/homes.ts';
import { loginOf } from './login.ts';
import type { Outlook } from './outlook.ts';

type Started = Extract<NewEvent, { type: 'refresh.started' }>;

/** What begins a refresh. Its id is made of the number that the event will have. */
export const startOf = (
  { state, now }: Pick<Outlook, 'state' | 'now'>,
  life: Home,
  { how, timeoutMs }: SessionRefresh,
  reason: RefreshReason,
  by?: Requester,
): Started => {
  const { session, server } = life;
  const spoke = botsOf(state, life.life).some(({ lost }) => !lost);
  const about = { refresh: `r${state.seq + 1}`, session, server, life: life.life };
  const login = loginOf(state, life);
  const data = { ...about, way: how.way, reason, login, spoke, until: now + timeoutMs };
  return { at: now, type: 'refresh.started', data: { ...data, ...(by && { by }) } };
};
