import type { CanaryCheck } from '../../../model/config/health.ts';
import { isWithin } from '../../../model/hours.ts';
import { type Check, unexpected } from '../check.ts';
import { probed } from './probe.ts';

const last = probed('canary');

/** What became of the last one; it counts once. */
export const canary: Check<CanaryCheck> = (seen, check) => {
  const finding = last(seen, check);
  if (finding || !check.hours || isWithin(check.hours, seen.now)) return finding;
  return unexpected(seen, 'no message is sent at this time');
};
