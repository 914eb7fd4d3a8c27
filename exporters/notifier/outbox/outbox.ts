import type { DatabaseSync } from 'node:sqlite';
import type { NotifierEvent } from '../../../agent/protocol/notifier.ts';
import { type Book, suppress } from '../classify/book.ts';
import { type Channels, createChannels } from './channels.ts';
import { inTransaction, isFull } from './database.ts';
import { createDeliveries, never, type Wish } from './deliveries.ts';
import { createQueue, type Queue } from './queue.ts';
import { noReserve, type Reserve } from './reserve.ts';
import type { DeliveryRow } from './rows.ts';
import { createStorms } from './storms.ts';

/** What was told is forgotten after so long, ms: until then its message can still change. */
const keepMs = 30 * 86_400_000;

/** Everything the notifier must not lose. Each method is one transaction. */
export const createOutbox = (
  database: DatabaseSync,
  host: () => string,
  reserve: Reserve = noReserve,
) => {
  const deliveries = createDeliveries(database);
  const queue: Queue = createQueue(database);
  const channels: Channels = createChannels(database);
  const storms = createStorms(database, host);
  const readCursor = database.prepare("select json_extract(json, '$.cursor') as cursor from book");
  const readBook = database.prepare('select json from book');
  const writeBook = database.prepare(
    'insert into book (one, json) values (1, ?) on conflict (one) do update set json = excluded.json',
  );
  const folded = database.prepare(
    "select reason, channel from deliveries where alert = ? and state = 'folded'",
  );
  const release = database.prepare(
    "update deliveries set state = 'waiting', reason = '' where alert = ? and state = 'held' and due <= ?",
  );
  const shelve = database.prepare(
    "update deliveries set due = ? where state = 'held' and due <= ?",
  );
  const forget = database.prepare(
    "delete from deliveries where state <> 'waiting' and updated_at < ?",
  );
  const addNote = database.prepare('insert into notes (json) values (?)');
  const firstNotes = database.prepare('select id, json from notes order by id limit 50');
  const dropNotes = database.prepare('delete from notes where id <= ?');
  const boundNotes = database.prepare(
    'delete from notes where id <= (select max(id) from notes) - 10000',
  );

  const readFact = database.prepare('select value from facts where key = ?');
  const writeFact = database.prepare(
    'insert into facts (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  );

  const atomic = <T>(work: () => T): T => {
    try {
      return inTransaction(database, work);
    } catch (cause) {
      if (!isFull(cause) || !reserve.release()) throw cause;
      return inTransaction(database, work);
    }
  };

  /** The messages of the storms that these are folded into, each once. */
  const touchStorms = (alerts: Iterable<string>, now: number): void => {
    const rows = [...alerts].flatMap((alert) => folded.all(alert));
    const touched = new Map(rows.map((row) => [`${row['reason']} ${row['channel']}`, row]));
    for (const { reason, channel } of touched.values()) {
      storms.changed(String(reason), String(channel), now);
    }
  };

  return {
    database,
    channels,
    load(): Book | null {
      const row = readBook.get();
      return row ? JSON.parse(String(row['json'])) : null;
    },
    /** The last event taken; 0: none was. */
    cursor: (): number => Number(readCursor.get()?.['cursor'] ?? 0),
    /** The book with its cursor, and what follows from it. @returns the book with what is not told counted */
    commit(book: Book, wishes: readonly Wish[], now: number): Book {
      return atomic(() => {
        const reasons = wishes
          .map((wish) => deliveries.wish(wish, now))
          .filter((why) => why !== null);
        touchStorms(new Set(wishes.map(({ card }) => card.alert)), now);
        channels.numbered(book.cursor);
        const counted = reasons.reduce((all, reason) => suppress(all, reason), book);
        writeBook.run(JSON.stringify(counted));
        return counted;
      });
    },
    heldDue: deliveries.heldDue,
    unsettled: deliveries.unsettled,
    nextHeld: deliveries.nextHeld,
    standing: deliveries.standing,
    /** Held ones of an alert that the book has forgotten are told as they are. */
    release: (alert: string, now: number): void => void release.run(alert, now),
    /** Held ones that nobody can be told now are not due any more, until they change. */
    shelve: (now: number): void => void shelve.run(never, now),
    nextDue: queue.nextDue,
    waiting: queue.waiting,
    /** The next to be told. @returns also how many were folded into one */
    next(
      channel: string,
      people: boolean,
      now: number,
    ): { row: DeliveryRow | null; folded: number } {
      const count = people ? atomic(() => storms.fold(channel, now)) : 0;
      return { row: queue.next(channel, now), folded: count };
    },
    accepted(
      row: DeliveryRow,
      receipt: string | null,
      note: NotifierEvent | null,
      now: number,
    ): void {
      atomic(() => {
        queue.accepted(row, receipt, now);
        channels.accepted(row.channel, now);
        if (note) addNote.run(JSON.stringify(note));
      });
    },
    /** Tried again at `until`; with `everything`, nothing else of the channel goes before. */
    delayed(row: DeliveryRow, code: string, until: number, everything: boolean): void {
      atomic(() => {
        queue.delayed(row, everything ? row.due : until);
        channels.blocked(row.channel, 'waiting', code, everything ? until : 0);
      });
    },
    /** Only a person can help; what waits goes on waiting. */
    unusable(row: DeliveryRow, code: string, until: number): void {
      atomic(() => channels.blocked(row.channel, 'failed', code, until));
    },
    refused(row: DeliveryRow, code: string, note: NotifierEvent): void {
      atomic(() => {
        queue.refused(row, code);
        channels.refused(row.channel, code);
        addNote.run(JSON.stringify(note));
      });
    },
    /** The clock was set back by so much: nothing waits longer for it. */
    clockSetBack(channel: string, byMs: number, now: number): void {
      atomic(() => {
        queue.clockSetBack(channel, byMs, now);
        channels.clockSetBack(channel, byMs, now);
      });
    },
    expired: (row: DeliveryRow): void => queue.expired(row, never),
    notes(): { id: number; event: NotifierEvent }[] {
      return firstNotes.all().map(({ id, json }) => ({
        id: Number(id),
        event: JSON.parse(String(json)),
      }));
    },
    note(event: NotifierEvent): void {
      addNote.run(JSON.stringify(event));
      boundNotes.run();
    },
    fact(key: string): string | null {
      const row = readFact.get(key);
      return row ? String(row['value']) : null;
    },
    keepFact: (key: string, value: string): void => void writeFact.run(key, value),
    noted: (upTo: number): void => void dropNotes.run(upTo),
    /** Forgets what is old, and takes room for a full disk where that was given up. */
    tidy(now: number): void {
      forget.run(now - keepMs);
      reserve.hold();
    },
  };
};

export type Outbox = ReturnType<typeof createOutbox>;
