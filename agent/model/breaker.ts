import type { Target } from './events/action.ts';
import type { State } from './state.ts';

/** What has a breaker, and restarts that are counted: a declared session, or a server. No two have one name: `server:` is ours. */
export const subjectOf = ({ session, server }: Pick<Target, 'session' | 'server'>): string =>
  session ?? `server:${server}`;

/** An attempt that ended what was unhealthy: the start that follows is the restart, and is counted. */
export const replacing = 'replacing';

/** `open`: it is left alone; `half-open`: it was tried once, and has to stay up. */
export type Breaker = 'closed' | 'open' | 'half-open';

/** The breaker of a session or server (`subjectOf`). */
export const breakerOf = (
  { suspended, recoveries }: Pick<State, 'suspended' | 'recoveries'>,
  subject: string,
): Breaker => {
  if (!Object.hasOwn(suspended, subject)) return 'closed';
  return recoveries?.[subject]?.probing ? 'half-open' : 'open';
};
