import type { Config, Restart } from '../../model/config/config.ts';
import type { End, State } from '../../model/state.ts';
import type { LeaveReason } from './decision.ts';

/**
 * Whether a declared session without a life should have one: `start` says why; `leave` says why Holdfast leaves it,
 * where a person might expect otherwise. Null: a person ended it, or it lives on elsewhere.
 */
export type Wanted =
  | { start: 'declared' | 'died' | 'exited' | 'unhealthy' }
  | { leave: LeaveReason }
  | null;

const isClean = ({ reason, exit }: End): boolean =>
  reason === 'shell-exit' || (reason === 'died' && exit?.status === 0);

const afterEnd = (end: End, restart: Restart): Wanted => {
  if (end.reason === 'replaced') return { start: 'unhealthy' };
  if (isClean(end)) {
    if (restart === 'always') return { start: 'exited' };
    return end.reason === 'died' ? { leave: 'clean-exit' } : null;
  }
  if (end.reason !== 'died') return null;
  return restart === 'never' ? { leave: 'restart-off' } : { start: 'died' };
};

export const wanted = (state: State, config: Config, session: string): Wanted => {
  const end = state.ends[session];
  if (!end) return { start: 'declared' };
  return afterEnd(end, config.sessions[session]?.restart ?? 'never');
};
