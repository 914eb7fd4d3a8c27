import type { Thresholds } from '../../../model/config/health.ts';
import type { Finding } from '../../../model/health.ts';
import { found } from '../check.ts';

/** What is measured beside what it may be. */
export const measured = (
  { degraded, failed }: Thresholds,
  value: number,
  text: (value: number) => string,
): Finding => {
  const over = (limit: number | null): boolean => limit !== null && value >= limit;
  if (over(failed)) return found('failed', `${text(value)}, at least ${text(failed ?? 0)}`);
  if (over(degraded)) return found('degraded', `${text(value)}, at least ${text(degraded ?? 0)}`);
  return found('ok', text(value));
};
