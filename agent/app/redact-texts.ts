import type { NewEvent } from '../model/event.ts';

/** The fields of events that may hold words of others: of tmux, of the system, of a configuration. */
const freeTexts: ReadonlySet<string> = new Set(['message', 'why', 'text', 'reason', 'first']);

/** The event with its free texts redacted; commands and screens are by whoever reads them. */
export const redactTexts = (event: NewEvent, redact: (text: string) => string): NewEvent => {
  const entries = Object.entries(event.data).map(([key, value]) =>
    freeTexts.has(key) && typeof value === 'string' ? [key, redact(value)] : [key, value],
  );
  return { ...event, data: Object.fromEntries(entries) } as NewEvent;
};
