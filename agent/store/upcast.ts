import type { Event } from '../model/event.ts';

/**
 * Types change only by addition (law 6 of the log). When an addition is required, what older releases wrote
 * gets it here, as it is read: `type -> (data) => data`. Nothing needs it yet.
 */
export const upcasters: Readonly<Record<string, (data: object) => object>> = {};

const isEvent = (value: unknown): value is Event =>
  typeof value === 'object' &&
  value !== null &&
  'seq' in value &&
  Number.isSafeInteger(value.seq) &&
  'at' in value &&
  typeof value.at === 'number' &&
  'type' in value &&
  typeof value.type === 'string' &&
  'data' in value &&
  typeof value.data === 'object' &&
  value.data !== null;

/** Brings the data of an older release up to date; types this release does not know pass unchanged. */
export const upcast = (event: Event, table = upcasters): Event => {
  const upcaster = Object.hasOwn(table, event.type) ? table[event.type] : undefined;
  return upcaster ? ({ ...event, data: upcaster(event.data) } as Event) : event;
};

/** A stored event; null when the text is not one, as after a flipped bit that SQLite cannot see. */
export const parseEvent = (body: string): Event | null => {
  try {
    const value: unknown = JSON.parse(body);
    return isEvent(value) ? upcast(value) : null;
  } catch {
    return null;
  }
};
