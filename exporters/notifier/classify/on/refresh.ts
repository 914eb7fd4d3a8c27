import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { type Book, findOpen } from '../book.ts';
import { lapse, resolveOpen } from '../close.ts';
import { raiseAlert } from '../open.ts';
import { subjectOf } from '../subject.ts';
import type { Handlers } from './handler.ts';

const kind = 'refresh-failed';

/** Nothing more will be said of it: its bot tells that it needs somebody, or its session or unit is over. */
const over = (
  book: Book,
  { at, data }: { at: number; data: { server: string; session: string } },
): Book => {
  const open = findOpen(book, kind, subjectOf(data));
  return open ? lapse(book, open, at) : book;
};

export const refreshHandlers = {
  'refresh.held': (book, event) => {
    const { session, server, reason } = event.data;
    // That its bot waits for somebody is an alert already.
    if (reason === 'needs-person') return over(book, event);
    const about = { server, sessions: [session] };
    return raiseAlert(book, kind, subjectOf(event.data), event, about);
  },

  'refresh.done': (book, { at, data }) => resolveOpen(book, kind, subjectOf(data), at),
  'refresh.released': (book, { at, data }) => resolveOpen(book, kind, subjectOf(data), at),
  'session.died': over,
  'session.ended': (book, event) => (event.data.reason === 'replaced' ? book : over(book, event)),
  // One that systemd starts again has a new login, which is told.
  'unit.ended': (book, event) => (event.data.next === 'restarting' ? book : over(book, event)),
  'unit.undeclared': (book, { at, data: { session } }) =>
    over(book, { at, data: { session, server: unitsServer } }),
} satisfies Handlers;
