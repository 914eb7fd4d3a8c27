import type { EventOf } from '../../../../agent/model/event.ts';
import { printable } from '../../../../agent/model/text/printable.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { type Alert, maxIncidents } from '../alert.ts';
import { type Book, put } from '../book.ts';
import { resolveOpen } from '../close.ts';
import { findingOf } from '../finding.ts';
import { current, raiseAlert } from '../open.ts';
import { subjectOf } from '../subject.ts';
import type { Handlers } from './handler.ts';

/** So many deaths, each within minutes of the one before, are a trouble that does not mend itself. */
const manyDeaths = 3;

type Ended = EventOf<'unit.ended'>['data'];

const about = ({
  session,
  server,
  why,
}: Pick<Ended, 'session' | 'server' | 'why'>): Partial<Alert> => ({
  ...{ server, sessions: [session], message: printable(why) },
});

/** It is up again, or nothing more is expected of it. */
const over = (book: Book, { at, data }: { at: number; data: { session: string } }): Book =>
  resolveOpen(book, 'unit-failed', subjectOf({ server: unitsServer, ...data }), at);

/** Whichever tells of its last death: the alert of this kind, or the one of what systemd started again. */
const lastOf = (book: Book, known: Alert | undefined, subject: string, at: number) => {
  if (known?.status === 'firing') return known;
  const died = current(book, 'unit-died', subject, at);
  return died && died.firingSeq > (known?.firingSeq ?? 0) ? died : known;
};

/**
 * One more incident: its verdict is waited for. What died too often to be explained, or was given up only afterwards, has
 * what is known of the death before, and waits for nothing but that.
 */
const knownOfDeath = (last: Alert | undefined, death: Ended['death']): Partial<Alert> => {
  const { incidents = [], finding = null, recurrence = null, holdUntil = null } = last ?? {};
  return death
    ? {
        incidents: [...incidents, death.incident].slice(-maxIncidents),
        ...{ finding: null, recurrence: null },
      }
    : { incidents, finding, recurrence, holdUntil };
};

/** What systemd gives up is another alert than what it starts again; what somebody stopped is none. */
const died = (book: Book, event: EventOf<'unit.ended'>): Book => {
  const { how, next, ageMs, death } = event.data;
  if (how !== 'died' || next === 'stopped') return book;
  const kind = next === 'failed' ? 'unit-failed' : 'unit-died';
  const subject = subjectOf(event.data);
  const known = current(book, kind, subject, event.at);
  const last = death ? known : lastOf(book, known, subject, event.at);
  const isMany = kind === 'unit-died' && (known?.count ?? 0) + 1 >= manyDeaths;
  return raiseAlert(book, kind, subject, event, {
    ...{ ...about(event.data), ...knownOfDeath(last, death), ageMs },
    ...(isMany ? { severity: 'error' as const } : {}),
  });
};

/** Each unit has an alert of its own, though they died together. */
const judged = (book: Book, { at, data }: EventOf<'verdict.reached'>): Book => {
  const finding = findingOf(data);
  const recurrence = data.recurrence ?? null;
  return Object.values(book.alerts)
    .filter(({ server, incidents }) => server === unitsServer && incidents.at(-1) === data.incident)
    .reduce(
      (after, alert) =>
        put(after, { ...alert, finding, recurrence, updatedAt: at, holdUntil: null }),
      book,
    );
};

const gaveUp = (book: Book, event: EventOf<'unit.failed'>): Book => {
  const subject = subjectOf(event.data);
  const known = current(book, 'unit-failed', subject, event.at);
  return raiseAlert(book, 'unit-failed', subject, event, {
    ...{ ...about(event.data), loudAt: event.at },
    ...knownOfDeath(lastOf(book, known, subject, event.at), undefined),
  });
};

export const unitHandlers = {
  'unit.ended': died,
  'verdict.reached': judged,
  'unit.failed': gaveUp,
  'unit.up': over,
  'unit.down': over,
  'unit.undeclared': over,
} satisfies Handlers;
