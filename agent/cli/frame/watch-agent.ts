import type { StatusDocument } from '../../model/status/status.ts';
import type { EventNotification } from '../../protocol/agent.ts';
import type { Client } from '../../protocol/client.ts';
import { follow } from '../../protocol/follow.ts';

export interface Watching {
  socket: string;
  after: number;
  signal: AbortSignal;
  onEvent(notification: EventNotification): void;
  onStatus(document: StatusDocument): void;
  /** The first connection stands. */
  onConnected(): void;
  /** The agent went away; it is asked again until it answers. */
  onLost?(): void;
}

export interface AgentWatch {
  /** The present connection; null while the agent does not answer. */
  readonly client: Client | null;
  /** Asks for the status soon; many requests become one. */
  refresh(): void;
  /** Ends when the signal aborts. */
  readonly done: Promise<void>;
}

/** Events come in bursts: the status is asked for after them, at most this often, ms. */
const burstMs = 200;
/** Memory and counts change without events, ms. */
const idleMs = 5000;

/** Follows the agent's events across its restarts and keeps the status fresh. */
export const watchAgent = (watching: Watching): AgentWatch => {
  const { signal } = watching;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let soon = false;

  const ask = async (): Promise<void> => {
    soon = false;
    // A refusal or a lost connection is followed by the next try.
    const document = await client?.call('status', {}).catch(() => null);
    if (signal.aborted) return;
    if (document) watching.onStatus(document);
    if (!soon) timer = setTimeout(ask, idleMs);
  };

  const refresh = (): void => {
    if (soon || signal.aborted) return;
    soon = true;
    clearTimeout(timer);
    timer = setTimeout(ask, burstMs);
  };

  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  let first = true;
  const done = follow({
    socket: watching.socket,
    after: watching.after,
    signal,
    onEvent: (notification) => {
      watching.onEvent(notification);
      refresh();
    },
    onConnected: (connected) => {
      client = connected;
      if (first) watching.onConnected();
      first = false;
      refresh();
    },
    onLost: () => {
      client = null;
      watching.onLost?.();
    },
  });
  return {
    get client() {
      return client;
    },
    refresh,
    done,
  };
};
