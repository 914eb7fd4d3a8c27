import { needsPerson } from '../../model/bot/bots.ts';
import type { SessionRefresh } from '../../model/config/refresh.ts';
import type { Home } from '../../model/homes.ts';
import { notesOf } from '../../model/refresh.ts';
import type { Outlook } from './outlook.ts';
import { isBusy, mayRestart } from './room.ts';

/** Why a refresh that a person asks for is refused: it is under way, or would be of no use, or do harm. Null: it is not. */
export const refusalOf = (
  { state, config, now }: Omit<Outlook, 'seen'>,
  life: Home,
  policy: SessionRefresh | undefined,
): { code: string; message: string } | null => {
  if (!policy) {
    return { code: 'no-refresh', message: 'has no refresh in the configuration' };
  }
  if (notesOf(state, life.session).underWay) {
    return { code: 'already-refreshing', message: 'is being refreshed already' };
  }
  if (needsPerson(state, life)) {
    return { code: 'needs-person', message: 'waits for a person: a refresh would be of no use' };
  }
  if (isBusy(state, life, now)) {
    return { code: 'session-busy', message: 'is being started or ended' };
  }
  if (policy.how.way === 'restart' && !mayRestart(state, config, life, now)) {
    const message = 'was started too often: recovery allows no more of that now';
    return { code: 'restarts-used-up', message };
  }
  return null;
};
