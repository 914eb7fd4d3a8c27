import type { Event } from '../../agent/model/event.ts';
import { type Severity, severities } from '../../agent/model/severity.ts';
import type { AlertLine, AlertSettings } from '../../agent/protocol/notifier.ts';
import type { Alert } from './classify/alert.ts';
import { type Book, suppress } from './classify/book.ts';
import { kindRules } from './classify/kind-rules.ts';
import { inhibitors, type Listener, route } from './classify/route.ts';
import { changedSince, take } from './classify/take.ts';
import { agentBack, agentGone, tick } from './classify/tick.ts';
import type { Wish } from './outbox/deliveries.ts';
import type { Outbox } from './outbox/outbox.ts';
import { cardOf, forPeople } from './present/card-of.ts';

export interface DeskPorts {
  outbox: Outbox;
  settings(): AlertSettings;
  listeners(): readonly Listener[];
  now(): number;
  /** Something may be due at a channel. */
  onTurn(): void;
  /** The disk does not take what no event is behind; it is tried again with the next tick, which is asked for here. */
  onTrouble(cause: unknown): void;
}

/** The alerts whose end may let others be told. */
const inhibiting = ({ alerts }: Book): string =>
  Object.values(alerts)
    .filter(({ kind, status }) => status === 'firing' && inhibitors.has(kind))
    .map(({ alert }) => alert)
    .join(' ');

/** Keeps the book, and has each change of it stored with what is to be told because of it. */
export const createDesk = (
  first: Book,
  { outbox, settings, listeners, now, onTurn, onTrouble }: DeskPorts,
) => {
  let book = first;

  const wishesFor = (next: Book, alert: Alert, at: number): Wish[] => {
    const { alerts, host } = settings();
    const card = cardOf(alert, host);
    return listeners()
      .filter(({ name }) => outbox.channels.of(name).since <= alert.firingSeq)
      .map((listener) => ({
        card: listener.audience === 'people' ? forPeople(card) : card,
        channel: listener.name,
        server: alert.server ?? '',
        route: route(alert, listener, next, alerts.quietHours, at),
      }));
  };

  /** Alerts whose own change or that of others may let them be told. */
  const touched = (next: Book): string[] => {
    const frees = next.silences !== book.silences || inhibiting(next) !== inhibiting(book);
    return frees ? Object.keys(next.alerts) : changedSince(book, next);
  };

  /** @throws where the disk does not take it: nothing has changed then */
  const store = (next: Book, alerts: readonly Alert[], at: number): void => {
    const wishes = alerts.flatMap((alert) => wishesFor(next, alert, at));
    book = outbox.commit(next, wishes, at);
  };

  const settle = (next: Book, alerts: readonly Alert[]): void => {
    store(next, alerts, now());
    onTurn();
  };

  const alertsOf = (next: Book, ids: readonly string[]): Alert[] =>
    ids.flatMap((id) => next.alerts[id] ?? []);

  /** What became of the agent and is not stored yet. */
  let waiting: ((known: Book) => Book)[] = [];

  /** Time passes. @throws where the disk does not take it: nothing has changed then */
  const pass = (): void => {
    const at = now();
    const due = outbox.heldDue(at);
    const forgotten = due.filter((alert) => !book.alerts[alert]);
    for (const alert of forgotten) outbox.release(alert, at);
    const after = waiting.reduce((known, change) => change(known), book);
    const next = tick(after, settings(), at);
    const ids = [...new Set([...touched(next), ...due, ...outbox.unsettled()])];
    const alerts = alertsOf(next, ids);
    if (next !== book || alerts.length > 0) store(next, alerts, at);
    waiting = [];
    // What is due still is for a channel that is gone: it would be due for ever.
    if (due.length > 0) outbox.shelve(at);
    onTurn();
  };

  const passOrWait = (): void => {
    try {
      pass();
    } catch (cause) {
      onTrouble(cause);
    }
  };

  const note = (change: (known: Book) => Book): void => {
    waiting.push(change);
    passOrWait();
  };

  /** After a commit whose answer was lost the same events come again. A gap may lead back. */
  const isNew = ({ type, seq }: Event, { cursor }: Book): boolean =>
    type === 'events.gap' || seq > cursor;

  return {
    get cursor(): number {
      return book.cursor;
    },
    /** See `run` of the book. */
    get run(): number | null {
      return book.run ?? null;
    },
    /** @param run of the agent that tells of them. @throws where the disk does not take it */
    take(events: readonly Event[], run: number | null = book.run ?? null): void {
      let next: Book = { ...book, run };
      // Of very many, some are forgotten by the end: they are told as they were last.
      const latest = new Map<string, Alert>();
      for (const event of events) {
        if (!isNew(event, next)) continue;
        const after = take(next, event, settings());
        for (const alert of alertsOf(after, changedSince(next, after))) {
          latest.set(alert.alert, alert);
        }
        next = after;
      }
      for (const alert of alertsOf(next, touched(next))) latest.set(alert.alert, alert);
      settle(next, [...latest.values()]);
    },
    agentGone: (at: number): void => note((known) => agentGone(known, at)),
    agentBack: (at: number): void => note((known) => agentBack(known, at)),
    suppressed: (reason: string, count: number): void => settle(suppress(book, reason, count), []),
    /** What time alone changes. */
    tick: passOrWait,
    list: (limit: number): AlertLine[] =>
      Object.values(book.alerts)
        .slice(-limit)
        .map((alert) => {
          const { headline, incident, acknowledged, ...card } = cardOf(alert, settings().host);
          const { kind, severity, status, lapsed, sessions, count, openedAt, updatedAt } = card;
          return {
            ...{ alert: alert.alert, kind, severity, status, headline, sessions, incident, count },
            ...{ openedAt, updatedAt, lapsed, acknowledgedAt: acknowledged?.at ?? null },
            channels: outbox.standing(alert.alert),
          };
        }),
    firing(): Record<Severity, number> {
      const open = Object.values(book.alerts).filter(
        ({ status, kind }) => status === 'firing' && kindRules[kind].lasts,
      );
      const of = (severity: Severity) => open.filter((alert) => alert.severity === severity).length;
      return Object.fromEntries(severities.map((name) => [name, of(name)])) as never;
    },
    counts: () => book.suppressed,
  };
};

export type Desk = ReturnType<typeof createDesk>;
