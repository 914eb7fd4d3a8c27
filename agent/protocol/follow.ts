import { setTimeout as delay } from 'node:timers/promises';
import { nextWait } from '../model/backoff.ts';
import type { EventType } from '../model/event.ts';
import type { EventNotification } from './agent.ts';
import { type Client, type ConnectOptions, connect } from './client.ts';

export interface Following {
  socket: string;
  /** Events with a greater `seq` are wanted. */
  after: number;
  /** The run that told of that event; without it: whichever told of it, the log still numbers it so. */
  run?: number | undefined;
  types?: EventType[];
  /** A durable name: the log waits for it. */
  subscriber?: string;
  /** What the agent may ask of us. */
  requests?: ConnectOptions['requests'];
  signal: AbortSignal;
  onEvent(notification: EventNotification): void;
  /** The agent answers: for the first time, and again after each loss. */
  onConnected?(client: Client): void;
  /** The agent went away; it is tried again until `signal` aborts. */
  onLost?(): void;
}

/** Between two attempts, ms. */
const pace = { first: 100, longest: 2000 };

interface Cursor {
  after: number;
  run?: number | undefined;
}

const subscribe = async (following: Following, cursor: Cursor): Promise<Client> => {
  const { socket, types, subscriber, requests } = following;
  const client = await connect(socket, requests ? { requests } : {});
  client.onEvent = (notification) => {
    // A number of an earlier run may be given again; what has it now is new.
    cursor.after = notification.event.seq;
    cursor.run = notification.run;
    following.onEvent(notification);
  };
  try {
    const { after, run } = cursor;
    const wanted = { ...(types && { types }), ...(subscriber && { subscriber }) };
    await client.call('events.subscribe', { after, ...(run !== undefined && { run }), ...wanted });
  } catch (error) {
    client.close();
    throw error;
  }
  return client;
};

/** Follows the log from a cursor across restarts of the agent; resolves when `signal` aborts. */
export const follow = async (following: Following): Promise<void> => {
  const { signal } = following;
  const cursor: Cursor = { after: following.after, run: following.run };
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let wait = pace.first;
  while (!signal.aborted) {
    try {
      const client = await subscribe(following, cursor);
      wait = pace.first;
      following.onConnected?.(client);
      await Promise.race([client.closed, aborted]);
      client.close();
      if (!signal.aborted) following.onLost?.();
    } catch {
      wait = nextWait(wait, pace);
    }
    await delay(wait, undefined, { signal }).catch(() => undefined);
  }
};
