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

/** Remembers the last line: an event goes to several files, and its secrets are to be counted once. */
export const createEventLines = (redact: Redact): ((event: Event) => string) => {
  let last: { event: Event; line: string } | null = null;
  return (event) => {
    if (last?.event !== event) last = { event, line: eventLine(event, redact) };
    return last.line;
  };
};

/** Stands where lines had to be given up, so that a log never hides its holes. */
export const gapLine = (dropped: number, now: number): string =>
  `${JSON.stringify({ time: isoTime(now), type: 'log.gap', dropped })}\n`;
