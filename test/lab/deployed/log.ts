import { strict as assert } from 'node:assert';
import type { Event } from '../../../agent/model/event.ts';
import type { Login } from '../login.ts';

/** Every number the log has given away since, read from its own database: the proof that nothing is missing. */
export const assertNoGap = async (root: Login, since: number): Promise<number> => {
  // The file is the agent's; reading it needs no lock in WAL mode.
  const program = `
    const { DatabaseSync } = require('node:sqlite');
    const db = new DatabaseSync('/var/lib/holdfast/events.db', { readOnly: true });
    console.log(JSON.stringify(db.prepare(
      'select min(seq) as first, max(seq) as last, count(*) as count from events where seq > ?').get(${since})));`;
  const text = await root.must('/usr/lib/holdfast/bin/node --no-warnings -', { stdin: program });
  const { first, last, count } = JSON.parse(text) as Record<'first' | 'last' | 'count', number>;
  assert.equal(count, last - first + 1, 'events are missing');
  assert.equal(first, since + 1, 'the first events are missing');
  return count;
};

/** Deaths nobody caused. */
export const deathsIn = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.type === 'session.died' ? [event.data.session] : []));
