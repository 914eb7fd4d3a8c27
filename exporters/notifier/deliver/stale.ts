import type { Severity } from '../../../agent/model/severity.ts';
import type { Card } from '../card.ts';

const hourMs = 3_600_000;

/** After so long nobody needs to be told any more, ms. */
export const worthMs: Readonly<Record<Severity, number>> = {
  info: hourMs,
  notice: hourMs,
  warning: 24 * hourMs,
  error: 7 * 24 * hourMs,
  critical: 7 * 24 * hourMs,
};

/** A test is about now. */
const testMs = 5 * 60_000;

/** Whether a card that was never told is worth telling no more. @param ageMs since it last changed */
export const isStale = ({ kind, severity }: Card, ageMs: number): boolean =>
  ageMs > (kind === 'test' ? testMs : worthMs[severity]);
