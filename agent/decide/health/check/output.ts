import { formatSpan } from '../../../model/text/span-text.ts';
import { type Check, found, isFresh } from '../check.ts';

/** Something was printed. tmux knows since when not, to the second. */
export const output: Check<{ readonly withinMs: number }> = (seen, { withinMs }) => {
  const { lastActivityAt } = seen.sample;
  if (lastActivityAt === null || !isFresh(seen)) return null;
  const silentMs = seen.now - Math.max(lastActivityAt, seen.clockSetAt ?? 0);
  return silentMs > withinMs
    ? found('failed', `nothing was printed for ${formatSpan(silentMs)}`)
    : found('ok', `something was printed within ${formatSpan(withinMs)}`);
};
