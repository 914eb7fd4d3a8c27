import type { Event } from '../model/event.ts';
import type { EventLog } from '../model/event-log.ts';
import type { Run } from '../model/state.ts';
import type { Subscription } from '../protocol/agent.ts';
import { resumeAt } from './resume.ts';
import { type Receiver, Subscriber } from './subscriber.ts';

/** As many as the log itself keeps waiting for the disk. */
const maxUnstored = 20_000;

export interface PublisherPorts {
  log: EventLog;
  now(): number;
  /** The present one last. */
  runs(): readonly Run[];
}

/**
 * Subscribers follow the log, not the state: they get an event when it is stored. Only while the disk takes
 * nothing do they get events before, marked `stored: false`, because an alert must not wait for a full disk.
 */
export const createPublisher = ({ log, now, runs }: PublisherPorts) => {
  const subscribers = new Set<Subscriber>();
  /** Recorded and not stored yet, oldest first. */
  let unstored: Event[] = [];
  let degraded = false;

  const urgent = (): readonly Event[] => (degraded ? unstored : []);

  const drop = (): void => {
    for (const subscriber of subscribers) if (subscriber.isGone) subscribers.delete(subscriber);
  };

  return {
    /** @param head the last event on the disk */
    subscribe(receiver: Receiver, subscription: Subscription, head: number): void {
      drop();
      const known = runs();
      const run = known.at(-1)?.startedAt ?? 0;
      const subscriber = new Subscriber(receiver, subscription, { log, now, run, urgent });
      subscribers.add(subscriber);
      subscriber.begin(resumeAt(subscription, known, head));
    },

    recorded(events: readonly Event[]): void {
      unstored.push(...events);
      if (unstored.length > maxUnstored) unstored = unstored.slice(-maxUnstored);
      if (!degraded) return;
      for (const subscriber of subscribers) subscriber.giveUnstored(events);
    },

    stored(events: readonly Event[]): void {
      const last = events.at(-1)?.seq ?? 0;
      unstored = unstored.filter((event) => event.seq > last);
      drop();
      for (const subscriber of subscribers) subscriber.giveStored(events);
    },

    setDegraded(value: boolean): void {
      degraded = value;
      for (const subscriber of subscribers) subscriber.giveUnstored(urgent());
    },
  };
};

export type Publisher = ReturnType<typeof createPublisher>;
