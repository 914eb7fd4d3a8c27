import { join } from 'node:path';
import type { Paths } from '../../../agent/paths.ts';
import { type Book, emptyBook } from '../../../exporters/notifier/classify/book.ts';
import { openDatabase } from '../../../exporters/notifier/outbox/database.ts';
import { createOutbox } from '../../../exporters/notifier/outbox/outbox.ts';
import { cardOf } from '../../../exporters/notifier/present/card-of.ts';
import { alertsIn, fold, Tale } from '../../exporters/notifier/classify/sample-events.ts';

/** As many as the book keeps (exporters/notifier/classify/book.ts). */
const inBook = 300;

/** Alerts of one transaction. */
const atOnce = 500;

const host = 'bench';

/**
 * Fills the outbox of a notifier that is stopped with so many alerts for one channel, by its own classification and its
 * own store, out of events that the agent never had. The newest are in the book, as they would be. The cursor stays
 * what it was: the log goes on from there.
 */
export const fillOutbox = ({ notifierDir }: Paths, channel: string, alerts: number): void => {
  const database = openDatabase(join(notifierDir, 'outbox.db'), () => undefined);
  const outbox = createOutbox(database, () => host);
  const before = outbox.load() ?? emptyBook(0);
  const tale = new Tale();
  tale.now = Date.now();
  tale.seq = before.cursor;
  const deaths = Array.from({ length: alerts }, (_, i) => fold(tale.died([`session-${i}`])));
  const kept = deaths.slice(-inBook).map((book) => book.alerts);
  const book: Book = { ...before, alerts: Object.assign({}, before.alerts, ...kept) };
  const wishes = deaths.flatMap(alertsIn).map((alert) => ({
    ...{ card: cardOf(alert, host), channel, server: alert.server ?? '' },
    route: 'tell' as const,
  }));
  for (let i = 0; i < wishes.length; i += atOnce) {
    outbox.commit(book, wishes.slice(i, i + atOnce), tale.now);
  }
  database.close();
};
