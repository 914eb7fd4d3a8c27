import type { Event, EventType } from '../model/event.ts';
import type { EventLog } from '../model/event-log.ts';
import type { EventNotification, Subscription } from '../protocol/agent.ts';

/** One subscriber's end of the log. */
export interface Receiver {
  send(notification: EventNotification): void;
  drained(): Promise<void>;
  readonly gone: () => boolean;
}

interface Subscriber {
  receiver: Receiver;
  name: string | null;
  types: ReadonlySet<EventType> | null;
  cursor: number;
  pumping: boolean;
  /** It has been given all that was stored: what comes next may be given to it at once. */
  caughtUp: boolean;
  retry?: NodeJS.Timeout;
  /** Events were stored while it was catching up: the page it read last may not be the end. */
  behind: boolean;
}

const page = 500;

/** A log that cannot be read is tried again after so long, ms. */
const retryMs = 1000;

/** As many as the log itself keeps waiting for the disk. */
const maxUnstored = 20_000;

/**
 * Subscribers follow the log, not the state: they get an event when it is stored. Only while the disk takes
 * nothing do they get events before, marked `stored: false`, because an alert must not wait for a full disk.
 */
export const createPublisher = (log: EventLog, now: () => number) => {
  const subscribers = new Set<Subscriber>();
  /** Recorded and not stored yet, oldest first. */
  let unstored: Event[] = [];
  let degraded = false;

  const give = (to: Subscriber, event: Event, stored: boolean): void => {
    if (event.seq <= to.cursor) return;
    to.cursor = event.seq;
    if (!to.types || to.types.has(event.type)) to.receiver.send({ event, stored });
  };

  const gap = (to: Subscriber, upTo: number, reason: 'retention' | 'not-stored'): void => {
    const data = { from: to.cursor + 1, to: upTo, reason };
    // Numbers that never reached the disk are given again, to other events.
    if (reason === 'retention') to.cursor = upTo;
    const seq = to.cursor;
    const event: Event = { seq, v: 1, at: now(), type: 'events.gap', trace: '', data };
    to.receiver.send({ event, stored: false });
  };

  /** Catches up from the log, a page at a time, as fast as the receiver reads. */
  const pump = async (to: Subscriber): Promise<void> => {
    if (to.pumping) return;
    to.pumping = true;
    try {
      while (!to.receiver.gone()) {
        to.behind = false;
        const events = await log.read({ after: to.cursor, limit: page });
        const first = events[0];
        if (!first && !to.behind) break;
        if (!first) continue;
        if (first.seq > to.cursor + 1) gap(to, first.seq - 1, 'retention');
        for (const event of events) give(to, event, true);
        if (to.name) log.saveCursor(to.name, to.cursor, now());
        await to.receiver.drained();
      }
    } finally {
      to.pumping = false;
    }
    to.caughtUp = true;
    if (degraded) for (const event of unstored) give(to, event, false);
  };

  const catchUp = (to: Subscriber): void => {
    to.caughtUp = false;
    clearTimeout(to.retry);
    pump(to).catch(() => {
      to.retry = setTimeout(catchUp, retryMs, to).unref();
    });
  };

  const drop = (): void => {
    for (const subscriber of subscribers) {
      if (subscriber.receiver.gone()) subscribers.delete(subscriber);
    }
  };

  return {
    subscribe(receiver: Receiver, { after, subscriber, types }: Subscription, head: number): void {
      drop();
      const to: Subscriber = {
        receiver,
        name: subscriber ?? null,
        types: types ? new Set(types) : null,
        cursor: after,
        pumping: false,
        caughtUp: false,
        behind: false,
      };
      subscribers.add(to);
      if (after > head) {
        // It was told of events that never reached the disk, and the agent has started again since.
        to.cursor = head;
        gap(to, after, 'not-stored');
      }
      catchUp(to);
    },

    recorded(events: readonly Event[]): void {
      unstored.push(...events);
      if (unstored.length > maxUnstored) unstored = unstored.slice(-maxUnstored);
      if (!degraded) return;
      for (const subscriber of subscribers) {
        if (!subscriber.caughtUp) continue;
        for (const event of events) give(subscriber, event, false);
      }
    },

    stored(events: readonly Event[]): void {
      const last = events.at(-1)?.seq ?? 0;
      unstored = unstored.filter((event) => event.seq > last);
      drop();
      for (const subscriber of subscribers) {
        if (!subscriber.caughtUp) {
          subscriber.behind = true;
          catchUp(subscriber);
          continue;
        }
        if ((events[0]?.seq ?? 0) > subscriber.cursor + 1) catchUp(subscriber);
        else for (const event of events) give(subscriber, event, true);
        if (subscriber.name) log.saveCursor(subscriber.name, subscriber.cursor, now());
      }
    },

    setDegraded(value: boolean): void {
      degraded = value;
      if (!degraded) return;
      for (const subscriber of subscribers) {
        if (subscriber.caughtUp) for (const event of unstored) give(subscriber, event, false);
      }
    },
  };
};

export type Publisher = ReturnType<typeof createPublisher>;
