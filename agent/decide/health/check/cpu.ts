import type { Thresholds } from '../../../model/config/health.ts';
import { percent } from '../../../model/text/quantity.ts';
import type { Check } from '../check.ts';
import { measured } from './measure.ts';

export const cpu: Check<Thresholds> = ({ sample }, thresholds) =>
  sample.usage &&
  measured(thresholds, sample.usage.cpu, (share) => `${percent(share)} of a processor`);
