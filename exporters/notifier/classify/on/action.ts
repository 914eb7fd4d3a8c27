import { duration } from '../../../../agent/model/duration.ts';
import { printable } from '../../../../agent/model/text/printable.ts';
import { texts } from '../../texts.ts';
import type { Alert } from '../alert.ts';
import { type Book, entryOf, newest, put } from '../book.ts';
import { addDeed, resolveOpen } from '../close.ts';
import { raiseAlert } from '../open.ts';
import { isDownOn, judged } from './death.ts';
import type { Handlers } from './handler.ts';

/** More are not under way at once. */
const maxActions = 200;

/** Sessions of two servers may have one name. */
const downAlert = (
  book: Book,
  { session, server }: { session: string | null; server: string },
): Alert | undefined =>
  Object.values(book.alerts).findLast(
    (alert) => session !== null && isDownOn(alert, session, server),
  );

const settled = (book: Book, action: string): Book => {
  const { [action]: _, ...actions } = book.actions;
  return { ...book, actions };
};

export const actionHandlers = {
  'decision.made': (book, event, settings) => {
    const { decision, target } = event.data;
    const subject = target.session ?? `server ${target.server}`;
    if (decision === 'resume') return resolveOpen(book, 'recovery-stopped', subject, event.at);
    if (decision !== 'suspend') return book;
    const alert = downAlert(book, target);
    if (alert) {
      const text = texts.deeds.gaveUp(duration(event.at - alert.firingAt));
      const deeds = addDeed(alert.deeds, event.at, text);
      return judged(book, { ...alert, deeds, gaveUp: true }, event.at, settings);
    }
    const sessions = target.session === null ? [] : [target.session];
    const about = { server: target.server, sessions, loudAt: event.at };
    return raiseAlert(book, 'recovery-stopped', subject, event, about);
  },

  'action.requested': (book, { data }) => {
    const { action, kind, target } = data;
    const { session, server } = target;
    const actions = newest({ ...book.actions, [action]: { kind, session, server } }, maxActions);
    return { ...book, actions };
  },

  'action.done': (book, { data }) => settled(book, data.action),

  'action.lost': (book, { data }) => settled(book, data.action),

  'action.failed': (book, { at, data }) => {
    const known = entryOf(book.actions, data.action);
    const after = settled(book, data.action);
    if (known?.kind !== 'session.create') return after;
    const alert = downAlert(after, known);
    if (!alert) return after;
    const text = texts.deeds.notStarted(printable(data.message));
    return put(after, { ...alert, updatedAt: at, deeds: addDeed(alert.deeds, at, text) });
  },
} satisfies Handlers;
