import type { Instance } from '../model/events/server.ts';
import type { Ancestor, SeenProcess } from '../model/witnessed.ts';

/**
 * Whether what was seen may be the process known: pids are used again, start times are not. Where one of the two
 * start times was not seen (null, or 0 for a pane) the pid has to do.
 */
export const isProcess = (seen: Pick<Ancestor, 'pid' | 'startTime'>, known: Instance): boolean =>
  seen.pid === known.pid &&
  (seen.startTime === null || known.startTime === 0 || seen.startTime === known.startTime);

export const isSame = (a: Ancestor, b: Ancestor): boolean =>
  a.pid === b.pid && (a.startTime === null || b.startTime === null || a.startTime === b.startTime);

/** Everything comes from the first process: that says nothing, whoever calls it his. */
export const descendsFrom = ({ ancestry }: SeenProcess, known: Instance): boolean =>
  ancestry.some((ancestor) => ancestor.pid > 1 && isProcess(ancestor, known));
