import type { SessionRefresh } from '../../model/config/refresh.ts';
import type { NewEvent } from '../../model/event.ts';
import type { Home } from '../../model/homes.ts';
import type { Refreshing } from '../../model/refresh.ts';
import { type Ending, endingOf } from './outcome.ts';
import type { Outlook } from './outlook.ts';

const unwanted: Ending = {
  ...{ outcome: 'failed', code: 'not-configured' },
  message: 'the configuration does not ask for it any more',
};

/** What is to be told of a refresh that is under way: how it ended, if it did. */
export const settle = (
  { state, now }: Outlook,
  session: string,
  life: Home | null,
  refreshing: Refreshing,
  policy: SessionRefresh | undefined,
): NewEvent[] => {
  const { refresh, server, startedAt, login } = refreshing;
  const about = { refresh, session, server };
  const tookMs = Math.max(0, now - startedAt);
  const ending = policy ? endingOf(state, life, refreshing, policy, now) : unwanted;
  if (!ending) return [];
  if (ending.outcome === 'done') {
    const ageMs = Math.max(0, startedAt - login.since);
    const data = { ...about, life: ending.life, tookMs, ageMs };
    return [{ at: now, type: 'refresh.done', data }];
  }
  if (ending.outcome === 'needs-person') {
    return [{ at: now, type: 'refresh.held', data: { ...about, reason: 'needs-person' } }];
  }
  const { code, message } = ending;
  return [{ at: now, type: 'refresh.failed', data: { ...about, code, message, tookMs } }];
};
