import type { DatabaseSync } from 'node:sqlite';
import type { NotifierEvent } from '../../../agent/protocol/notifier.ts';
import { type Book, suppress } from '../classify/book.ts';
import { createBookRow } from './book-row.ts';
import { type Channels, createChannels } from './channels.ts';
import { inTransaction } from './database.ts';
import { createDeliveries, type Wish } from './deliveries.ts';
import { openFacts } from './facts.ts';
import { createHeld } from './held.ts';
import { createNotes } from './notes.ts';
import { createQueue, type Queue } from './queue.ts';
import { noReserve, type Reserve, withReserve } from './reserve.ts';
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
  const held = createHeld(database);
  const facts = openFacts(database);
  const book = createBookRow(database, facts);
  const notes = createNotes(database);

  const atomic = <T>(work: () => T): T => withReserve(reserve, () => inTransaction(database, work));

  /** The messages of the storms that these are folded into, each once. */
  const touchStorms = (alerts: Iterable<string>, now: number): void => {
    const rows = [...alerts].flatMap((alert) => deliveries.foldedInto(alert));
    const touched = new Map(rows.map((row) => [`${row.storm} ${row.channel}`, row]));
    for (const { storm, channel } of touched.values()) storms.changed(storm, channel, now);
  };

  return {
    database,
    channels,
    /** The book of the last run; null: there was none. @param onSetAside one that cannot be read was, as this fact */
    load(onSetAside: (fact: string) => void = () => undefined): Book | null {
      const { book: loaded, setAside } = atomic(book.load);
      if (setAside !== null) onSetAside(setAside);
      return loaded;
    },
    cursor: book.cursor,
    /** The book with its cursor, and what follows from it. @returns the book with what is not told counted */
    commit(next: Book, wishes: readonly Wish[], now: number): Book {
      return atomic(() => {
        const reasons = wishes
          .map((wish) => deliveries.wish(wish, now))
          .filter((why) => why !== null);
        touchStorms(new Set(wishes.map(({ card }) => card.alert)), now);
        channels.numbered(next.cursor);
        const counted = reasons.reduce((all, reason) => suppress(all, reason), next);
        book.write(counted);
        return counted;
      });
    },
    /** These are channels from now on, and are told of what begins after what was taken. */
    addChannels(names: readonly string[]): void {
      const cursor = book.cursor();
      atomic(() => {
        for (const name of names) channels.add(name, cursor);
      });
    },
    heldDue: held.due,
    unsettled: deliveries.unsettled,
    nextHeld: held.next,
    standing: deliveries.standing,
    isHeld: held.isHeld,
    release: (alert: string, now: number): void => atomic(() => held.release(alert, now)),
    shelve: (now: number): void => atomic(() => held.shelve(now)),
    nextDue: queue.nextDue,
    waiting: queue.waiting,
    latest: queue.latest,
    /** Folds what is too much at a channel of people into one. @returns how many */
    fold: (channel: string, now: number): number => atomic(() => storms.fold(channel, now)),
    /** The next to be told; null: nothing is due. */
    next: queue.next,
    accepted(
      row: DeliveryRow,
      receipt: string | null,
      note: NotifierEvent | null,
      now: number,
    ): void {
      atomic(() => {
        queue.accepted(row, receipt, now);
        channels.accepted(row.channel, now);
        if (note) notes.add(note);
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
    unusable(channel: string, code: string, until: number): void {
      atomic(() => channels.blocked(channel, 'failed', code, until));
    },
    refused(row: DeliveryRow, code: string, note: NotifierEvent): void {
      atomic(() => {
        queue.refused(row, code);
        channels.refused(row.channel, code);
        notes.add(note);
      });
    },
    /** What only a person could help may be tried again at once: he may have helped. */
    tryAgain: (channel: string): void => atomic(() => channels.tryAgain(channel)),
    /** The clock was set back by so much: nothing waits longer for it. */
    clockSetBack(channel: string, byMs: number, now: number): void {
      atomic(() => {
        queue.clockSetBack(channel, byMs, now);
        channels.clockSetBack(channel, byMs, now);
      });
    },
    expired: (row: DeliveryRow): void => atomic(() => queue.expired(row)),
    notes: notes.first,
    note: (event: NotifierEvent): void => atomic(() => notes.add(event)),
    noted: (upTo: number): void => atomic(() => notes.dropUpTo(upTo)),
    fact: facts.get,
    keepFact: (key: string, value: string): void => atomic(() => facts.set(key, value)),
    /** Forgets what is old, and takes room for a full disk where that was given up. */
    tidy(now: number): void {
      atomic(() => deliveries.forget(now - keepMs));
      reserve.hold();
    },
  };
};

export type Outbox = ReturnType<typeof createOutbox>;
