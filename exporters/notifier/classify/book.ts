import type { ActionKind } from '../../../agent/model/events/action.ts';
import { severities } from '../../../agent/model/severity.ts';
import type { Silence } from '../../../agent/model/silence.ts';
import type { Alert, AlertKind } from './alert.ts';
import { kindRules } from './kind-rules.ts';

/** What the notifier knows: the fold of the events it took. Plain JSON of a bounded size. */
export interface Book {
  /** The last event taken. */
  cursor: number;
  /** The run of the agent that told of it, which is what the number holds in; older releases did not keep it. */
  run?: number | null;
  /** Open alerts and those that ended lately, oldest first. */
  alerts: Record<string, Alert>;
  silences: Record<string, Silence>;
  /** When sessions died within the hour, ms since the epoch. */
  deaths: Record<string, number[]>;
  /** Actions under way: their events name them by id alone. */
  actions: Record<string, { kind: ActionKind; session: string | null; server: string }>;
  /** What was never to be told, by the name of the reason. */
  suppressed: Record<string, number>;
}

export const emptyBook = (cursor: number, run: number | null = null): Book => ({
  ...{ cursor, run },
  alerts: {},
  silences: {},
  deaths: {},
  actions: {},
  suppressed: {},
});

/** More than a person looks back at; what is to be told waits in the outbox, not here. */
const maxAlerts = 300;

/** What a record has of a name that anybody may have chosen, such as `constructor`. */
export const entryOf = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** The newest entries of a record. */
export const newest = <T>(record: Record<string, T>, most: number): Record<string, T> => {
  if (Object.keys(record).length <= most) return record;
  return Object.fromEntries(Object.entries(record).slice(-most));
};

/** What is over, then what only happened, then what goes on; of each the least serious. */
const worth = ({ status, kind, severity }: Alert): number => {
  const goesOn = kindRules[kind].lasts && kind !== 'session-died';
  const standing = status === 'resolved' ? 0 : goesOn ? 2 : 1;
  return standing * severities.length + severities.indexOf(severity);
};

/** Of too many, those that are worth least go first, the oldest before others. */
const bounded = (alerts: Record<string, Alert>): Record<string, Alert> => {
  const excess = Object.keys(alerts).length - maxAlerts;
  if (excess <= 0) return alerts;
  const all = Object.values(alerts);
  const byWorth = all.toSorted((a, b) => worth(a) - worth(b));
  const leaving = new Set(byWorth.slice(0, excess).map(({ alert }) => alert));
  return Object.fromEntries(Object.entries(alerts).filter(([id]) => !leaving.has(id)));
};

/** A changed alert is a new revision. */
export const put = (book: Book, alert: Alert): Book => ({
  ...book,
  alerts: bounded({ ...book.alerts, [alert.alert]: { ...alert, revision: alert.revision + 1 } }),
});

export const suppress = (book: Book, reason: string, count = 1): Book => ({
  ...book,
  suppressed: { ...book.suppressed, [reason]: (book.suppressed[reason] ?? 0) + count },
});

/** Takes back an alert that nobody was told of; it stays in the list, with the reason. */
export const withdraw = (
  book: Book,
  alert: Alert,
  untold: NonNullable<Alert['untold']>,
  at: number,
): Book => put(book, { ...alert, untold, status: 'resolved', resolvedAt: at, updatedAt: at });

export const findOpen = (book: Book, kind: AlertKind, subject: string): Alert | undefined =>
  Object.values(book.alerts).findLast(
    (alert) => alert.kind === kind && alert.subject === subject && alert.status === 'firing',
  );

export const ofIncident = (book: Book, incident: string): Alert | undefined =>
  Object.values(book.alerts).findLast(({ incidents }) => incidents.includes(incident));
