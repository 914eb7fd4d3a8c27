import type { Event, NewEvent } from '../../../agent/model/event.ts';
import type { EventLog, ReadQuery } from '../../../agent/model/event-log.ts';
import { jsonBytes } from '../../../agent/model/json-size.ts';
import { born, declared, numbered } from '../model/sample.ts';

export const now = born + 60_000;

/** Events with the numbers from `first` to `last`; each third is of another type. */
export const eventsUpTo = (last: number, first = 1): Event[] =>
  numbered(
    Array.from({ length: last - first + 1 }, (_, i): NewEvent => {
      const seq = first + i;
      return seq % 3 === 0
        ? { at: born, type: 'session.undeclared', data: { session: `${seq}` } }
        : declared(`${seq}`);
    }),
    first - 1,
  );

/** A log in memory. It notes what it is asked for. */
export const memoryLog = (stored: Event[] = [], changes: Partial<EventLog> = {}) => {
  const queries: ReadQuery[] = [];
  const cursors: unknown[] = [];
  const log: EventLog = {
    read: async (query: ReadQuery) => {
      queries.push(query);
      const { after = 0, limit } = query;
      return stored.filter(({ seq }) => seq > after).slice(0, limit);
    },
    readPage: async (query: ReadQuery, maxBytes: number) => {
      const all = await log.read(query);
      let bytes = 0;
      const full = all.findIndex((event) => {
        bytes += jsonBytes(event);
        return bytes >= maxBytes;
      });
      const events = full === -1 ? all : all.slice(0, full + 1);
      const isAll = full === -1 && all.length < query.limit;
      return { events, next: isAll ? null : (events.at(-1)?.seq ?? null) };
    },
    saveCursor: (...cursor: unknown[]) => void cursors.push(cursor),
    health: () => ({ storedSeq: stored.at(-1)?.seq ?? 0 }),
    ...changes,
  } as unknown as EventLog;
  return { log, stored, queries, cursors };
};
