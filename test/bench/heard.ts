import type { EventOf, EventType } from '../../agent/model/event.ts';
import type { EventNotification } from '../../agent/protocol/agent.ts';
import type { Client } from '../../agent/protocol/client.ts';

export interface Received<T extends EventType> {
  event: EventOf<T>;
  /** When it reached us, ms since the epoch. Subscribers get an event once it is stored. */
  receivedAt: number;
}

type AnyReceived = { event: EventNotification['event']; receivedAt: number };

/** A subscriber that can wait for events. */
export interface Heard {
  /** The newest event received. */
  head(): number;
  /** All of a type that were received. */
  every<T extends EventType>(type: T): EventOf<T>[];
  /** Resolves with the first event after `seq` that matches, also one that has come already. */
  first<T extends EventType>(
    seq: number,
    type: T,
    matches: (data: EventOf<T>['data']) => boolean,
  ): Promise<Received<T>>;
}

const limitMs = 60_000;

export const listen = async (client: Client): Promise<Heard> => {
  const { seq: start } = await client.call('status', {});
  const all: AnyReceived[] = [];
  const waiting = new Set<(one: AnyReceived) => void>();
  client.onEvent = ({ event }) => {
    const one = { event, receivedAt: Date.now() };
    all.push(one);
    for (const take of [...waiting]) take(one);
  };
  await client.call('events.subscribe', { after: start });

  return {
    head: () => all.at(-1)?.event.seq ?? start,
    every: (type) => all.flatMap(({ event }) => (event.type === type ? [event as never] : [])),
    first: (seq, type, matches) =>
      new Promise((resolve, reject) => {
        const take = (one: AnyReceived): void => {
          const { event } = one;
          if (event.seq <= seq || event.type !== type || !matches(event.data as never)) return;
          clearTimeout(timer);
          waiting.delete(take);
          resolve(one as never);
        };
        const timer = setTimeout(() => reject(new Error(`no ${type} in ${limitMs} ms`)), limitMs);
        waiting.add(take);
        for (const one of all) if (waiting.has(take)) take(one);
      }),
  };
};
