import type { Event, EventOf, EventType } from '../../agent/model/event.ts';
import type { EventNotification } from '../../agent/protocol/agent.ts';
import { type Client, connect } from '../../agent/protocol/client.ts';

/** A subscriber as a sidecar is one: it keeps its cursor, and goes on from it when the agent comes back. */
export interface Follower {
  /** Everything received so far, in the order it came. */
  readonly received: EventNotification[];
  of<T extends EventType>(type: T): EventOf<T>[];
  /** Resolves with the first thing `pick` finds among all events; asked again after each event. */
  until<R>(what: string, pick: (events: Event[]) => R | undefined): Promise<R>;
  follow(): Promise<Client>;
}

/** Many times what the slowest of our waits takes on a busy machine. */
const limitMs = 60_000;

const outline = ({ seq, type, data }: Event): string =>
  `${seq} ${type} ${JSON.stringify(data).slice(0, 160)}`;

export const createFollower = (socket: string, said: () => string): Follower => {
  const received: EventNotification[] = [];
  const waiting = new Set<() => void>();

  const events = (): Event[] => received.map(({ event }) => event);

  const until = <R>(what: string, pick: (events: Event[]) => R | undefined): Promise<R> => {
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    const ask = (): void => {
      const found = pick(events());
      if (found === undefined) return;
      clearTimeout(timer);
      waiting.delete(ask);
      resolve(found);
    };
    const timer = setTimeout(() => {
      waiting.delete(ask);
      const last = events().slice(-15).map(outline).join('\n');
      reject(new Error(`${what} did not come in ${limitMs} ms. Last events:\n${last}\n${said()}`));
    }, limitMs);
    waiting.add(ask);
    ask();
    return promise;
  };

  /** Once for all the events that came together: a test may have tens of thousands of them. */
  let asked = false;
  const askSoon = (): void => {
    if (asked) return;
    asked = true;
    setImmediate(() => {
      asked = false;
      for (const ask of [...waiting]) ask();
    });
  };

  const follow = async (): Promise<Client> => {
    const client = await connect(socket, { timeoutMs: limitMs });
    client.onEvent = (notification) => {
      received.push(notification);
      askSoon();
    };
    const last = received.at(-1);
    const from = last ? { after: last.event.seq, run: last.run } : { after: 0 };
    await client.call('events.subscribe', from);
    return client;
  };

  return {
    received,
    of: <T extends EventType>(type: T) =>
      events().filter((event): event is EventOf<T> & Event => event.type === type),
    until,
    follow,
  };
};
