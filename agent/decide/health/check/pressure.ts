import type { PressureCheck } from '../../../model/config/health.ts';
import type { Check } from '../check.ts';
import { measured } from './measure.ts';

/** Of the whole machine; null where its kernel has no PSI. */
export const pressure: Check<PressureCheck> = ({ host }, { of, ...thresholds }) => {
  const now = host?.pressure;
  return now
    ? measured(thresholds, now[of], (share) => `${share.toFixed(1)} % of the time short of ${of}`)
    : null;
};
