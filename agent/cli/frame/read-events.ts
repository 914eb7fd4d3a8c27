import type { Event } from '../../model/event.ts';
import type { EventQuery } from '../../protocol/agent.ts';
import type { Client } from '../../protocol/client.ts';

/** The most the agent answers at once; it may be less. */
const pageSize = 1000;

export type Filter = Pick<EventQuery, 'session' | 'types' | 'since'>;

/** Calls `onPage` with all stored events after `after` and up to `upTo`, in order, a page at a time. */
const readPages = async (
  client: Client,
  filter: Filter,
  after: number,
  upTo: number,
  onPage: (events: Event[]) => void,
): Promise<void> => {
  for (let cursor = after; cursor < upTo; ) {
    const query = { ...filter, after: cursor, limit: pageSize };
    const { events, next } = await client.call('events.read', query);
    onPage(events.filter(({ seq }) => seq > cursor && seq <= upTo));
    if (next === null || next <= cursor) return;
    cursor = next;
  }
};

const headOf = async (client: Client): Promise<number> =>
  (await client.call('events.read', { limit: 1 })).head;

/** All events that pass `filter`, a page at a time. @returns the head they were read up to */
export const readAll = async (
  client: Client,
  filter: Filter,
  onPage: (events: Event[]) => void,
): Promise<number> => {
  const head = await headOf(client);
  await readPages(client, filter, 0, head, onPage);
  return head;
};

/**
 * The newest `count` events that pass `filter`, oldest first. The log is read forwards only, so growing
 * windows before the head are tried: each four times the last, the whole log at worst read 1.3 times.
 */
export const readNewest = async (
  client: Client,
  filter: Filter,
  count: number,
): Promise<{ events: Event[]; head: number }> => {
  const head = await headOf(client);
  let found: Event[] = [];
  let start = head;
  for (let window = Math.max(count, pageSize); found.length < count && start > 0; window *= 4) {
    const from = Math.max(0, start - window);
    const older: Event[] = [];
    await readPages(client, filter, from, start, (page) => older.push(...page));
    found = [...older, ...found];
    start = from;
  }
  return { events: found.slice(-count), head };
};
