import type { Event } from '../../../agent/model/event.ts';
import type { Alert, AlertKind } from './alert.ts';
import { type Book, findOpen, put } from './book.ts';
import { isLong } from './close.ts';
import { kindRules } from './kind-rules.ts';

type Sign = Pick<Event, 'at' | 'seq' | 'trace'>;

/**
 * A name in the log and in links: the kind for people, the rest for uniqueness. Several alerts may have one trace, and
 * what has no event has the number of the last one.
 */
const idOf = (kind: AlertKind, { trace, seq, at }: Sign): string =>
  `${kind}-${seq}-${trace === '' ? at.toString(36) : trace.slice(0, 8)}`;

/** Nobody is told before; null: they may be. */
const holdOf = (kind: AlertKind, at: number): number | null =>
  kindRules[kind].holdMs > 0 ? at + kindRules[kind].holdMs : null;

/** One that is held already is not held for longer: signs that keep coming must not keep it from people. */
const heldAnew = ({ kind, status, holdUntil }: Alert, at: number): number | null => {
  const until = holdOf(kind, at);
  if (until === null || status !== 'firing' || holdUntil === null || holdUntil <= at) return until;
  return Math.min(until, holdUntil);
};

/** An alert as its first sign shows it. */
export const newAlert = (
  kind: AlertKind,
  subject: string,
  sign: Sign,
  rest: Partial<Alert> = {},
): Alert => {
  const { at, seq, trace } = sign;
  const { severity } = kindRules[kind];
  return {
    alert: idOf(kind, sign),
    revision: 0,
    ...{ kind, subject, severity, status: 'firing', openedAt: at, updatedAt: at, trace },
    ...{ firingAt: at, firingSeq: seq, holdUntil: holdOf(kind, at), untold: null },
    ...{
      resolvedAt: null,
      server: null,
      incidents: [],
      count: 1,
      sessions: [],
      down: [],
      homes: {},
    },
    ...{ finding: null, ageMs: null, screen: null, deeds: [], message: '', acknowledged: null },
    ...{ gaveUp: false, loudAt: at },
    ...rest,
  };
};

/** What is told once and comes again within this time is one alert with a count, ms. */
export const sameAgainMs = 10 * 60_000;

/** The alert of this kind and subject that one more sign belongs to. */
export const current = (
  book: Book,
  kind: AlertKind,
  subject: string,
  at: number,
): Alert | undefined =>
  (kindRules[kind].lasts ? findOpen(book, kind, subject) : undefined) ??
  Object.values(book.alerts).findLast(
    (alert) =>
      alert.kind === kind &&
      alert.subject === subject &&
      Math.abs(at - (kindRules[kind].lasts ? alert.updatedAt : alert.firingAt)) <= sameAgainMs,
  );

/** An alert that begins anew. Who heard that it was over hears that it is not. */
export const anew = (known: Alert, { at, seq, trace }: Sign): Alert => ({
  ...known,
  ...{ status: 'firing', resolvedAt: null, acknowledged: null, gaveUp: false, deeds: [] },
  lapsed: false,
  ...{ trace, firingAt: at, firingSeq: seq, updatedAt: at, count: known.count + 1 },
  holdUntil: heldAnew(known, at),
  loudAt: known.resolvedAt !== null && isLong(known, known.resolvedAt) ? at : known.loudAt,
});

/** A new alert, or the one there is, once more. */
export const raiseAlert = (
  book: Book,
  kind: AlertKind,
  subject: string,
  sign: Sign,
  rest: Partial<Alert> = {},
): Book => {
  const known = current(book, kind, subject, sign.at);
  if (!known) return put(book, newAlert(kind, subject, sign, rest));
  const again = known.status === 'resolved' || !kindRules[kind].lasts;
  const base = again ? anew(known, sign) : { ...known, updatedAt: sign.at };
  return put(book, { ...base, ...rest });
};
