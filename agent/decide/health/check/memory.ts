import type { Thresholds } from '../../../model/config/health.ts';
import { size } from '../../../model/text/quantity.ts';
import type { Check } from '../check.ts';
import { measured } from './measure.ts';

export const memory: Check<Thresholds> = ({ sample }, thresholds) =>
  sample.usage && measured(thresholds, sample.usage.rssBytes, (bytes) => `${size(bytes)} resident`);
