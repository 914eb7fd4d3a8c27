import type { BotEvents, BotRef } from '../../../../agent/model/events/bot.ts';
import { printable } from '../../../../agent/model/printable.ts';
import type { Alert, AlertKind } from '../alert.ts';
import { type Book, withdraw } from '../book.ts';
import { lapse, resolveOpen } from '../close.ts';
import { raiseAlert } from '../open.ts';
import type { Handlers } from './handler.ts';

const botKinds = ['bot-needs-login', 'bot-logged-out', 'bot-disconnected'] as const;

type BotKind = (typeof botKinds)[number];

/** What a state is an alert of. */
const kindOf: Partial<Record<NonNullable<BotEvents['bot.connection_changed']['to']>, BotKind>> = {
  'needs-login': 'bot-needs-login',
  'logged-out': 'bot-logged-out',
  disconnected: 'bot-disconnected',
};

/** The same for the next life: a bot that is started anew has the same trouble still. */
const subjectOf = ({ session, server, bot }: Pick<BotRef, 'session' | 'server' | 'bot'>): string =>
  `${session} on ${server}${bot === '' ? '' : `, ${bot}`}`;

const without = (book: Book, subject: string, at: number, kept: AlertKind | null): Book =>
  botKinds
    .filter((kind) => kind !== kept)
    .reduce((all, kind) => resolveOpen(all, kind, subject, at), book);

const isOpen = ({ kind, status }: Alert): boolean =>
  status === 'firing' && botKinds.some((one) => one === kind);

/** Nothing more will be said of bots whose session is over; that has an alert of its own, if it needs one. */
const lapseOf = (book: Book, of: (alert: Alert) => boolean, at: number): Book =>
  Object.values(book.alerts)
    .filter((alert) => isOpen(alert) && of(alert))
    .reduce(
      (all, alert) =>
        at < (alert.holdUntil ?? 0)
          ? withdraw(all, alert, 'mended-in-time', at)
          : lapse(all, alert, at),
      book,
    );

const about = ({ session, server, bot }: BotRef, text: string): Partial<Alert> => ({
  ...{ server, sessions: [session] },
  message: [bot, text].map(printable).filter(Boolean).join(': '),
});

export const botHandlers = {
  'bot.connection_changed': (book, event) => {
    const { to, why, needs } = event.data;
    const subject = subjectOf(event.data);
    const kind = to === null ? undefined : kindOf[to];
    if (kind) {
      const text = needs === null ? why : `${needs}${why ? `, ${why}` : ''}`;
      const others = without(book, subject, event.at, kind);
      return raiseAlert(others, kind, subject, event, about(event.data, text));
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

  'session.died': (book, { at, data }) =>
    lapseOf(book, (one) => one.server === data.server && one.sessions.includes(data.session), at),

  'session.ended': (book, { at, data }) =>
    lapseOf(book, (one) => one.server === data.server && one.sessions.includes(data.session), at),
} satisfies Handlers;
