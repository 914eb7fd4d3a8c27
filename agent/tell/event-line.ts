import type { Event } from '../model/event.ts';
import { type Redact, roomy, toPlain } from './plain-value.ts';

const isoTime = (at: number): string | null => {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
};

/** An event as one line of JSON that begins with a readable time. Ends with a newline. */
export const eventLine = (event: Event, redact: Redact): string => {
  const plain = toPlain(event, redact, roomy) as object;
  return `${JSON.stringify({ time: isoTime(event.at), ...plain })}\n`;
};

/** Stands where lines had to be given up, so that a log never hides its holes. */
export const gapLine = (dropped: number, now: number): string =>
  `${JSON.stringify({ time: isoTime(now), type: 'log.gap', dropped })}\n`;
