import type { EventOf } from '../../../../agent/model/event.ts';
import { printable } from '../../../../agent/model/text/printable.ts';
import type { AlertSettings } from '../../../../agent/protocol/notifier.ts';
import type { AlertKind } from '../alert.ts';
import { type Book, entryOf, findOpen } from '../book.ts';
import { lapse, resolveOpen } from '../close.ts';
import { raiseAlert } from '../open.ts';
import { subjectOf } from '../subject.ts';
import type { Handlers } from './handler.ts';

/** What is told of each state; of the others nothing is. */
const kinds = {
  failed: 'session-failed',
  degraded: 'session-degraded',
  waiting: 'session-waiting',
} as const satisfies Record<string, AlertKind>;

const kindFor = (to: string): AlertKind | null =>
  Object.hasOwn(kinds, to) ? kinds[to as keyof typeof kinds] : null;

/** It is something else now, or not there: nobody hears that all is well. */
const lapseOthers = (book: Book, subject: string, at: number, kept: AlertKind | null): Book =>
  Object.values(kinds).reduce((after, kind) => {
    const open = kind === kept ? undefined : findOpen(after, kind, subject);
    return open ? lapse(after, open, at) : after;
  }, book);

const changed = (book: Book, event: EventOf<'health.changed'>, settings: AlertSettings): Book => {
  const { at, data } = event;
  const { server, session, to, check, reason } = data;
  const subject = subjectOf(data);
  if (to === 'healthy') {
    return Object.values(kinds).reduce((all, kind) => resolveOpen(all, kind, subject, at), book);
  }
  const kind = kindFor(to);
  const after = lapseOthers(book, subject, at, kind);
  if (kind === null) return after;
  const message = printable(check === null ? reason : `${check}: ${reason}`);
  const severity = entryOf(settings.sessions, session)?.waitingSeverity;
  const graver = kind === 'session-waiting' && severity ? { severity } : {};
  return raiseAlert(after, kind, subject, event, {
    ...{ server, sessions: [session], message, loudAt: at },
    ...graver,
  });
};

/** Of its end other alerts tell. */
const over = (
  book: Book,
  { at, data }: { at: number; data: { server: string; session: string } },
): Book => lapseOthers(book, subjectOf(data), at, null);

export const healthHandlers = {
  'health.changed': changed,
  'session.died': over,
  'session.ended': over,
  'unit.ended': over,
} satisfies Handlers;
