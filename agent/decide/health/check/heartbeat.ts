import { formatSpan } from '../../../model/span-text.ts';
import { type Check, found } from '../check.ts';

/** A bot said that it lives. What it never said is a failure: start-up has its grace. */
export const heartbeat: Check<{ readonly withinMs: number }> = ({ now, sample }, { withinMs }) => {
  const { lastBeatAt } = sample;
  if (lastBeatAt === undefined) return found('failed', 'it has not said yet that it lives');
  const silentMs = now - lastBeatAt;
  return silentMs > withinMs
    ? found('failed', `it last said ${formatSpan(silentMs)} ago that it lives`)
    : found('ok', `it said within ${formatSpan(withinMs)} that it lives`);
};
