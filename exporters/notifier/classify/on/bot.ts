import type { BotEvents, BotRef } from '../../../../agent/model/events/bot.ts';
import { printable } from '../../../../agent/model/text/printable.ts';
import type { Alert, AlertKind } from '../alert.ts';
import { type Book, withdraw } from '../book.ts';
import { lapse, resolveOpen } from '../close.ts';
import { raiseAlert } from '../open.ts';
import { subjectOf } from '../subject.ts';
import type { Handlers } from './handler.ts';

const botKinds = ['bot-needs-login', 'bot-logged-out', 'bot-disconnected'] as const;

type BotKind = (typeof botKinds)[number];

/** What a state is an alert of. */
const kindOf: Partial<Record<NonNullable<BotEvents['bot.connection_changed']['to']>, BotKind>> = {
  'needs-login': 'bot-needs-login',
  'logged-out': 'bot-logged-out',
  disconnected: 'bot-disconnected',
};

const without = (book: Book, subject: string, at: number, kept: AlertKind | null): Book =>
  botKinds
    .filter((kind) => kind !== kept)
    .reduce((all, kind) => resolveOpen(all, kind, subject, at), book);

const isOpen = ({ kind, status }: Alert): boolean =>
  status === 'firing' && botKinds.some((one) => one === kind);

const about = ({ session, server, bot }: BotRef, text: string): Partial<Alert> => ({
  ...{ server, sessions: [session] },
  message: [bot, text].map(printable).filter(Boolean).join(': '),
});

/** Nothing more will be said of bots whose session is over; that has an alert of its own, if it needs one. */
const over = (
  book: Book,
  { at, data }: { at: number; data: { server: string; session: string } },
): Book =>
  Object.values(book.alerts)
    .filter(isOpen)
    .filter(({ server, sessions }) => server === data.server && sessions.includes(data.session))
    .reduce(
      (all, alert) =>
        at < (alert.holdUntil ?? 0)
          ? withdraw(all, alert, 'mended-in-time', at)
          : lapse(all, alert, at),
      book,
    );

export const botHandlers = {
  'bot.connection_changed': (book, event) => {
    const { to, why, needs } = event.data;
    // The same for the next life: a bot that is started anew has the same trouble still.
    const subject = subjectOf(event.data);
    const state = to === null ? undefined : kindOf[to];
    // Whatever it says of its connection: without a person it does not go on.
    const kind = needs === null ? state : 'bot-needs-login';
    if (kind) {
      const text = needs === null ? why : `${needs}${why ? `, ${why}` : ''}`;
      const others = without(book, subject, event.at, kind);
      const rest = { ...about(event.data, text), need: needs };
      return raiseAlert(others, kind, subject, event, rest);
    }
    // On its way it is not well yet: one that cannot log in tries again and again.
    return to === 'connecting' ? book : without(book, subject, event.at, null);
  },

  'bot.lost': (book, event) => {
    const subject = subjectOf(event.data);
    const isTold = Object.values(book.alerts).some(
      (alert) => isOpen(alert) && alert.subject === subject,
    );
    if (isTold) return book;
    return raiseAlert(book, 'bot-disconnected', subject, event, about(event.data, ''));
  },

  'session.died': over,
  'session.ended': over,
  'unit.ended': over,
} satisfies Handlers;
