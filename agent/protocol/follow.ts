import { setTimeout as delay } from 'node:timers/promises';
import type { EventType } from '../model/event.ts';
import type { EventNotification } from './agent.ts';
import { type Client, type ConnectOptions, connect } from './client.ts';

export interface Following {
  socket: string;
  /** Events with a greater `seq` are wanted. */
  after: number;
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

const shortestWait = 100;
const longestWait = 2000;

const subscribe = async (following: Following, cursor: { seq: number }): Promise<Client> => {
  const { socket, types, subscriber, requests } = following;
  const client = await connect(socket, requests ? { requests } : {});
  client.onEvent = (notification) => {
    // After a crash of the agent the seq of events it had not stored is used again; these are new.
    cursor.seq = notification.event.seq;
    following.onEvent(notification);
  };
  try {
    const wanted = { ...(types && { types }), ...(subscriber && { subscriber }) };
    await client.call('events.subscribe', { after: cursor.seq, ...wanted });
  } catch (error) {
    client.close();
    throw error;
  }
  return client;
};

/** Follows the log from a cursor across restarts of the agent; resolves when `signal` aborts. */
export const follow = async (following: Following): Promise<void> => {
  const { signal } = following;
  const cursor = { seq: following.after };
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let wait = shortestWait;
  while (!signal.aborted) {
    try {
      const client = await subscribe(following, cursor);
      wait = shortestWait;
      following.onConnected?.(client);
      await Promise.race([client.closed, aborted]);
      client.close();
      if (!signal.aborted) following.onLost?.();
    } catch {
      wait = Math.min(longestWait, wait * 2);
    }
    await delay(wait, undefined, { signal }).catch(() => undefined);
  }
};
