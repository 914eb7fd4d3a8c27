import type { Evidence } from '../evidence.ts';
import { serverMoment } from '../moments.ts';
import { serverUnit } from '../server-unit.ts';
import { type FactOf, factsOf, isBetween } from './facts.ts';

/** systemd learns of the end of a process of its own at once, and writes it down a moment later. ms */
const saysWithinMs = 1000;

/** How a managed server ended by the word of systemd, whose child it is; null: not written down, or of two ends. */
export const mainEnd = (evidence: Evidence): FactOf<'unit-exit'> | null => {
  const moment = serverMoment(evidence);
  const unit = serverUnit(evidence);
  if (!moment || unit === null) return null;
  const ends = factsOf(evidence, 'unit-exit')
    .filter((fact) => fact.unit === unit)
    .filter(isBetween(moment.from, moment.until + saysWithinMs));
  return ends.length === 1 ? (ends[0] ?? null) : null;
};
