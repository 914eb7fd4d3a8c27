import type { Alert, AlertKind } from './alert.ts';
import { type Book, findOpen, put, withdraw } from './book.ts';

/** After so long people should hear that it is over, ms: they may be on their way to a keyboard. */
const longMs = 60_000;

/** Whether it went on so long, or the clock was set so much meanwhile. */
export const isLong = ({ firingAt }: Alert, at: number): boolean =>
  Math.abs(at - firingAt) >= longMs;

/** It is over. What nobody was told of yet has mended itself in time, and nobody will be. */
export const resolve = (book: Book, alert: Alert, at: number, deed: string | null = null): Book => {
  const { firingAt, holdUntil, kind, count } = alert;
  const heldStill = holdUntil !== null && at >= firingAt && at < holdUntil;
  const neverTold = count === 1 || alert.untold !== null;
  if (heldStill && neverTold && kind !== 'session-died') {
    return withdraw(book, alert, 'mended-in-time', at);
  }
  return put(book, {
    ...alert,
    untold: null,
    status: 'resolved',
    resolvedAt: at,
    updatedAt: at,
    deeds: deed === null ? alert.deeds : addDeed(alert.deeds, at, deed),
    loudAt: isLong(alert, at) ? at : alert.loudAt,
  });
};

/** Nothing more will be said of it: programs hear that it ended, and nobody that all is well. */
export const lapse = (book: Book, alert: Alert, at: number): Book =>
  put(book, { ...alert, lapsed: true, status: 'resolved', resolvedAt: at, updatedAt: at });

export const resolveOpen = (book: Book, kind: AlertKind, subject: string, at: number): Book => {
  const alert = findOpen(book, kind, subject);
  return alert ? resolve(book, alert, at) : book;
};

/** A message has room for the newest. */
const maxDeeds = 6;

export const addDeed = (deeds: Alert['deeds'], at: number, text: string): Alert['deeds'] =>
  [...deeds, { at, text }].slice(-maxDeeds);
