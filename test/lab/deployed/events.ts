import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import type { Event } from '../../../agent/model/event.ts';
import type { Login } from '../login.ts';
import { until } from '../until.ts';
import { statusOf } from './status.ts';

const script = join(import.meta.dirname, '../guest/read-events.cjs');
const node = '/usr/lib/holdfast/bin/node';

const readAfter = async (root: Login, seq: number): Promise<Event[]> => {
  const lines = await root.must(`${node} --no-warnings /root/read-events.cjs ${seq}`);
  const events = lines === '' ? [] : lines.split('\n').map((line) => JSON.parse(line) as Event);
  const numbers = events.map((event) => event.seq);
  const gap = numbers.findIndex((number, i) => number !== seq + 1 + i);
  assert.equal(gap, -1, `events are missing before ${numbers[gap]}, of ${seq + 1} and later`);
  return events;
};

/** What the state file tells of may wait for a busy disk so long, ms. */
const storedMs = 60_000;

/**
 * All that was recorded after that number, read from the log's own database once it has all that the state file tells of.
 * Throws where a number is missing: nothing the log has given away may be lost.
 */
export const eventsAfter = async (root: Login, seq: number): Promise<Event[]> => {
  await root.put(script, '/root/read-events.cjs');
  const read = async (): Promise<Event[]> => {
    const { seq: told } = await statusOf(root);
    const events = await readAfter(root, seq);
    const last = events.at(-1)?.seq ?? seq;
    if (last >= told) return events;
    throw new Error(`the log ends at ${last}, the state file at ${told}`);
  };
  return until(`all events after ${seq}`, read, storedMs);
};

/** The sessions somebody or something ended, in the order they died in. */
export const deathsIn = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.type === 'session.died' ? [event.data.session] : []));

/** Why, by the verdicts that were news. */
export const causesIn = (events: readonly Event[]): string[] =>
  events.flatMap((event) =>
    event.type === 'verdict.reached' && !event.data.confirms ? [event.data.verdict.cause] : [],
  );
