import type { Config, Restart } from '../../model/config/config.ts';
import type { End } from '../../model/recovery-state.ts';
import { notesOf } from '../../model/refresh.ts';
import type { State } from '../../model/state.ts';
import type { LeaveReason } from './decision.ts';

/**
 * Whether a declared session without a life should have one: `start` says why; `leave` says why Holdfast leaves it,
 * where a person might expect otherwise. Null: a person ended it, or it lives on elsewhere.
 */
export type Wanted =
  | { start: 'declared' | 'died' | 'resume-failed' | 'exited' | 'unhealthy' | 'refresh' }
  | { leave: LeaveReason }
  | null;

const isClean = ({ reason, exit }: End): boolean =>
  reason === 'shell-exit' || (reason === 'died' && exit?.status === 0);

const afterEnd = (end: End, restart: Restart, isRefreshed: boolean): Wanted => {
  if (end.reason === 'replaced') return { start: isRefreshed ? 'refresh' : 'unhealthy' };
  if (isClean(end)) {
    if (restart === 'always') return { start: 'exited' };
    return end.reason === 'died' ? { leave: 'clean-exit' } : null;
  }
  if (end.reason !== 'died') return null;
  if (restart === 'never') return { leave: 'restart-off' };
  return { start: end.resumeFailed ? 'resume-failed' : 'died' };
};

export const wanted = (state: State, config: Config, session: string): Wanted => {
  const end = state.ends[session];
  if (!end) return { start: 'declared' };
  const isRefreshed = notesOf(state, session).underWay?.way === 'restart';
  return afterEnd(end, config.sessions[session]?.restart ?? 'never', isRefreshed);
};
