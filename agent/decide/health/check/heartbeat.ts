import { formatSpan } from '../../../model/text/span-text.ts';
import { type Check, found } from '../check.ts';

/**
 * A bot said that it lives. One that has not said it yet has as long as it has between two times, from when this agent saw
 * its session first: an agent that was started again has heard nothing, and a bot that comes back needs a moment.
 */
export const heartbeat: Check<{ readonly withinMs: number }> = (
  { now, sample, clockSetAt = 0 },
  { withinMs },
) => {
  const { lastBeatAt, firstSeen = 0 } = sample;
  if (lastBeatAt === undefined) {
    const since = Math.max(firstSeen, clockSetAt);
    const isEarly = now >= since && now - since <= withinMs;
    return isEarly ? null : found('failed', 'it has not said yet that it lives');
  }
  const silentMs = now - Math.max(lastBeatAt, clockSetAt);
  return silentMs > withinMs
    ? found('failed', `it last said ${formatSpan(silentMs)} ago that it lives`)
    : found('ok', `it said within ${formatSpan(withinMs)} that it lives`);
};
