import type { UsageSample } from '../../model/events/measures.ts';
import type { LifeSample } from '../../model/samples.ts';
import type { Life } from '../../model/state.ts';

/** Longer than the news of an end is under way. ms */
const newsMs = 15_000;

/**
 * Whether all leaders of its panes have just ended, and nobody has told of it yet. What its cgroup counts by now, such as
 * the kill that ended it, is part of its end, which is explained by what was measured before. A pane may also be kept
 * without its program (`remain-on-exit`): so it is not for long.
 * @param found by its processes, just now
 */
export const isEnding = (
  { panes }: Pick<Life, 'panes'>,
  { usage, firstSeen = 0 }: Pick<LifeSample, 'usage' | 'firstSeen'>,
  { at, processes }: UsageSample,
): boolean =>
  processes === 0 &&
  panes.some(({ pid }) => pid > 0) &&
  usage?.processes !== 0 &&
  Math.abs(at - (usage?.at ?? firstSeen)) < newsMs;
