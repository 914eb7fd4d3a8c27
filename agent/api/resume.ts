import type { Run } from '../model/state.ts';
import type { Subscription } from '../protocol/agent.ts';

/**
 * Where a subscriber goes on: after the last event it was told of that the log still has. An event that no disk had
 * when its run ended is lost, as after a power cut, and its `seq` is given to another one in the next run. So one who
 * was told of events by an earlier run goes on where the run after that one began, unless it had not come so far.
 * @param runs those the log knows, the present one last
 * @param head the last event on the disk
 */
export const resumeAt = (
  { after, run }: Pick<Subscription, 'after' | 'run'>,
  runs: readonly Run[],
  head: number,
): number => {
  if (run === undefined) return Math.min(after, head);
  const known = runs.findIndex(({ startedAt }) => startedAt === run);
  if (known >= 0 && known === runs.length - 1) return after;
  // A run of which nothing reached the disk is known by its time alone.
  const later = runs.find(({ startedAt }) => startedAt > run) ?? runs.at(-1);
  const next = known >= 0 ? runs[known + 1] : later;
  return Math.min(after, next?.after ?? head);
};
