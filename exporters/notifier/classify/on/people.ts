import type { Requester } from '../../../../agent/model/events/action.ts';
import { printable } from '../../../../agent/model/text/printable.ts';
import { texts } from '../../texts.ts';
import { newest, ofIncident, put } from '../book.ts';
import { raiseAlert } from '../open.ts';
import type { Handlers } from './handler.ts';

/** The agent keeps no more. */
const maxSilences = 100;

const nameOf = ({ remote, uid }: Requester): string =>
  remote ? printable(remote.name) : texts.atTheMachine(uid);

export const peopleHandlers = {
  'alert.acknowledged': (book, { at, data }) => {
    const alert = ofIncident(book, data.incident);
    if (!alert || alert.acknowledged) return book;
    return put(book, { ...alert, updatedAt: at, acknowledged: { at, by: nameOf(data.by) } });
  },

  'alert.silenced': (book, { at, data }) => {
    const silences = newest({ ...book.silences, [data.silence]: { ...data, at } }, maxSilences);
    return { ...book, silences };
  },

  'alert.unsilenced': (book, { data }) => {
    const { [data.silence]: _, ...silences } = book.silences;
    return { ...book, silences };
  },

  'remote.paired': (book, event) => {
    const { user, name } = event.data.remote;
    return raiseAlert(book, 'person-paired', user, event, { message: printable(name) });
  },
} satisfies Handlers;
