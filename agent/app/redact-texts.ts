import type { NewEvent } from '../model/event.ts';

/** The fields of events that may hold words of others: of tmux, of the system, of a configuration, of strangers. */
const freeTexts: ReadonlySet<string> = new Set([
  ...['message', 'why', 'text', 'reason', 'first', 'what'],
]);

/** Those of their fields, which hold who somebody says he is. */
const people: Readonly<Record<string, ReadonlySet<string>>> = {
  by: new Set(['remote']),
  remote: new Set(['name']),
};

type Redact = (text: string) => string;

const redactFields = (fields: object, free: ReadonlySet<string>, redact: Redact): object =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      if (typeof value === 'string') return [key, free.has(key) ? redact(value) : value];
      const within = Object.hasOwn(people, key) ? people[key] : undefined;
      const isObject = typeof value === 'object' && value !== null;
      return [key, within && isObject ? redactFields(value, within, redact) : value];
    }),
  );

/** The event with its free texts redacted; commands and screens are by whoever reads them. */
export const redactTexts = (event: NewEvent, redact: Redact): NewEvent =>
  ({ ...event, data: redactFields(event.data, freeTexts, redact) }) as NewEvent;
