import type { Evidence } from '../evidence.ts';
import { beginningOf } from '../moments.ts';
import { reportsIn } from './memory.ts';

const pidsOf = ({ server, serverEnd, deaths }: Evidence): Set<number> =>
  new Set([
    ...(serverEnd && server.instance ? [server.instance.pid] : []),
    ...deaths.flatMap(({ panes }) => panes.map(({ pid }) => pid)),
  ]);

/** What the kernel's log says of the kills that were counted; empty where nobody read it. */
export const reportsOf = (evidence: Evidence) => {
  const { since = 0, until = 0 } = evidence.memoryKills ?? {};
  return reportsIn(evidence, { from: since, until });
};

/**
 * How many of those that were killed for want of memory then may have been these programs themselves, or the server:
 * all that the kernel's log does not say were others. Null: nobody counted.
 */
export const killsLeft = (evidence: Evidence): number | null => {
  const { memoryKills } = evidence;
  if (!memoryKills) return null;
  const own = pidsOf(evidence);
  const others = reportsOf(evidence).filter(({ pid }) => !own.has(pid));
  return Math.max(0, memoryKills.kills - others.length);
};

/** Whether the kernel, which counts before it kills, killed none of these for want of memory. */
export const isMemoryExcluded = (evidence: Evidence): boolean => {
  const { memoryKills } = evidence;
  if (!memoryKills || memoryKills.since > beginningOf(evidence)) return false;
  return killsLeft(evidence) === 0;
};
