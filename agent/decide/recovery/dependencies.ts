import { breakerOf } from '../../model/breaker.ts';
import type { Outlook } from './outlook.ts';
import { wanted } from './wanted.ts';

/** Whether it is not up and will be: one that was stopped, or given up, is not waited for. */
const isComing = ({ state, config, lives }: Outlook, session: string): boolean => {
  if (!state.declared[session] || lives.has(session)) return false;
  if (breakerOf(state, session) === 'open') return false;
  const want = wanted(state, config, session);
  return want !== null && 'start' in want;
};

/** Whether a session has to wait for one of those it is declared to come after. */
export const waitsForOther = (outlook: Outlook, session: string): boolean =>
  (outlook.config.sessions[session]?.after ?? []).some((other) => isComing(outlook, other));
