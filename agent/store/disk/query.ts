import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { ReadQuery } from '../../model/event-log.ts';
import type { Chunk, SeqRange } from '../messages.ts';

/** One answer holds at most this much, so that neither thread ever has a large one in hand. */
const maxChunkBytes = 256 * 1024;

/** How many `seq` one statement looks at before commits that came meanwhile have their turn. */
const windowSize = 50_000;

type Filter = Pick<ReadQuery, 'since' | 'until' | 'session' | 'types'>;

const conditions = (query: Filter): string => {
  const wanted = ['seq > :after', 'seq <= :upTo'];
  if (query.since !== undefined) wanted.push('at >= :since');
  if (query.until !== undefined) wanted.push('at <= :until');
  if (query.session !== undefined) wanted.push('session = :session');
  if (query.types) wanted.push('type IN (SELECT value FROM json_each(:types))');
  return wanted.join(' AND ');
};

const parameters = ({ since, until, session, types }: Filter): Record<string, string | number> => ({
  ...(since !== undefined && { since }),
  ...(until !== undefined && { until }),
  ...(session !== undefined && { session }),
  ...(types && { types: JSON.stringify(types) }),
});

export interface EventReader {
  /** Where in `seq` the answer can lie: an index tells for times, which are not in order of `seq`. */
  range(query: ReadQuery): SeqRange;
  /** The next chunk of at most `limit` events within the range; a short one when the store is closed meanwhile. */
  read(query: ReadQuery & SeqRange): Promise<Chunk>;
  head(): number;
}

/** The index is named: to find a least `seq`, SQLite would rather walk through the whole table. */
const ranges = (db: DatabaseSync): Pick<EventReader, 'range' | 'head'> => {
  const max = db.prepare('SELECT max(seq) AS seq FROM events');
  const first = db.prepare('SELECT min(seq) AS seq FROM events INDEXED BY events_at WHERE at >= ?');
  const last = db.prepare('SELECT max(seq) AS seq FROM events INDEXED BY events_at WHERE at <= ?');
  const head = (): number => Number(max.get()?.['seq'] ?? 0);
  const bound = (statement: StatementSync, at: number, none: number): number =>
    Number(statement.get(at)?.['seq'] ?? none);
  return {
    head,
    range({ after = 0, upTo, since, until }) {
      const end = Math.min(upTo ?? Number.MAX_SAFE_INTEGER, head());
      return {
        after: since === undefined ? after : Math.max(after, bound(first, since, end + 1) - 1),
        upTo: until === undefined ? end : Math.min(end, bound(last, until, 0)),
      };
    },
  };
};

export const eventReader = (db: DatabaseSync): EventReader => {
  const statements = new Map<string, StatementSync>();
  const prepare = (where: string): StatementSync => {
    const known = statements.get(where);
    if (known) return known;
    const sql = `SELECT seq, body FROM events WHERE ${where} ORDER BY seq LIMIT :limit`;
    const statement = db.prepare(sql);
    statements.set(where, statement);
    return statement;
  };
  // Names every column there is: one that is missing shows now, while the database can still be set aside.
  prepare(conditions({ since: 0, until: 0, session: '', types: [] }));

  /** Reads into `bodies`; the `seq` it got to when the chunk is full, else null. */
  const readWindow = (query: ReadQuery & SeqRange, bodies: string[]): number | null => {
    const limit = query.limit - bodies.length;
    const bounds = { after: query.after, upTo: query.upTo, limit };
    let bytes = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
    for (const row of prepare(conditions(query)).iterate({ ...parameters(query), ...bounds })) {
      const body = String(row['body']);
      bodies.push(body);
      bytes += Buffer.byteLength(body);
      if (bodies.length >= query.limit || bytes >= maxChunkBytes) return Number(row['seq']);
    }
    return null;
  };

  return {
    ...ranges(db),
    async read(query) {
      const bodies: string[] = [];
      for (let after = query.after; after < query.upTo; after += windowSize) {
        if (after > query.after) await setImmediate();
        // Another store has taken its place: the rest is asked of that one.
        if (!db.isOpen) return { bodies, next: after };
        const upTo = Math.min(query.upTo, after + windowSize);
        const reached = readWindow({ ...query, after, upTo }, bodies);
        if (reached !== null) return { bodies, next: reached };
      }
      return { bodies, next: null };
    },
  };
};
