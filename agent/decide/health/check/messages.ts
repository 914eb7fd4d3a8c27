import { arrivedIn } from '../../../model/bot/arrivals.ts';
import type { MessagesCheck } from '../../../model/config/health.ts';
import { lastedFor } from '../../../model/hours.ts';
import { plural } from '../../../model/text/plural.ts';
import { formatSpan } from '../../../model/text/span-text.ts';
import { type Check, found, unexpected } from '../check.ts';

/**
 * Enough messages came in. That they did is known at once; that they did not only after the whole time, by the same
 * processes, within the hours.
 */
export const messages: Check<MessagesCheck> = (seen, { withinMs, atLeast, hours }) => {
  const { now, sample, clockSetAt = 0 } = seen;
  const { arrivals } = sample;
  if (!arrivals) return null;
  const count = arrivedIn(arrivals);
  const time = formatSpan(withinMs);
  if (count >= atLeast) return found('ok', `${plural(count, 'message')} within ${time}`);
  const lasted = hours ? lastedFor(hours, now, withinMs) : withinMs;
  if (lasted === null) return unexpected(seen, 'no message is expected at this time');
  if (Math.min(lasted, now - Math.max(arrivals.since, clockSetAt)) < withinMs) {
    return unexpected(seen, `messages are expected within ${time}`);
  }
  const expected = `expected at least ${atLeast} in ${time}`;
  if (count > 0) return found('failed', `${plural(count, 'message')} in ${time}; ${expected}`);
  if (arrivals.totals.length === 0) {
    return found('failed', `no bot of it counts messages; ${expected}`);
  }
  const silent = formatSpan(now - (arrivals.lastAt ?? arrivals.since));
  return found('failed', `no message for ${silent}; ${expected}`);
};
