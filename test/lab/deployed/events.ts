import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import type { Event } from '../../../agent/model/event.ts';
import type { Login } from '../login.ts';

const script = join(import.meta.dirname, '../guest/read-events.cjs');
const node = '/usr/lib/holdfast/bin/node';

/**
 * All that was recorded after that number, read from the log's own database. Throws where a number is missing: nothing
 * the log has given away may be lost.
 */
export const eventsAfter = async (root: Login, seq: number): Promise<Event[]> => {
  await root.put(script, '/root/read-events.cjs');
  const lines = await root.must(`${node} --no-warnings /root/read-events.cjs ${seq}`);
  const events = lines === '' ? [] : lines.split('\n').map((line) => JSON.parse(line) as Event);
  const numbers = events.map((event) => event.seq);
  assert.deepEqual(
    numbers,
    numbers.map((_, i) => seq + 1 + i),
    'events are missing',
  );
  return events;
};

/** The sessions somebody or something ended, in the order they died in. */
export const deathsIn = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.type === 'session.died' ? [event.data.session] : []));

/** Why, by the verdicts that were news. */
export const causesIn = (events: readonly Event[]): string[] =>
  events.flatMap((event) =>
    event.type === 'verdict.reached' && !event.data.confirms ? [event.data.verdict.cause] : [],
  );
