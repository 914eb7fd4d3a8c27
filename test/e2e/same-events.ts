import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../../agent/model/event.ts';

/** How many events two histories have in common from their start: a diff of thousands says less. */
export const sameEvents = (one: readonly Event[], other: readonly Event[]): number => {
  const different = one.findIndex((event, n) => !isDeepStrictEqual(event, other[n]));
  return different < 0 ? one.length : different;
};

/** How many of them are numbered 1, 2, 3 and so on. */
export const numberedEvents = (events: readonly Event[]): number => {
  const hole = events.findIndex(({ seq }, n) => seq !== n + 1);
  return hole < 0 ? events.length : hole;
};
