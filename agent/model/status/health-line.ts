import type { CheckSample, Health } from '../health.ts';

export interface HealthLine extends Omit<Health, 'life'> {
  /** Each check as it stands, once it was looked at. */
  checks: CheckSample[];
}
