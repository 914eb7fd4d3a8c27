import { connect, type Socket } from 'node:net';
import { createPeer, type Peer, type PeerHandlers, type PeerLimits } from '../wire/peer.ts';
import type { Handlers } from './handlers.ts';
import type { Notify } from './notify.ts';

/** One link and its agent trust each other's size more than a stranger's. */
const limits: PeerLimits = {
  maxLine: 8 * 1024 * 1024,
  unfinishedMs: 10_000,
  maxQueued: 32 * 1024 * 1024,
  maxPending: 256,
  callMs: 20_000,
};

/** Reconnecting to an agent that is away, ms. */
const firstRetryMs = 20;
const lastRetryMs = 1000;

export interface Connection {
  notify: Notify;
  close(): void;
}

/** The connection to the agent: dialled again for ever, until it is closed. */
export const startConnection = (
  path: string,
  handlers: Handlers,
  /** Says hello. The connection is given up where it fails. */
  greet: (peer: Peer) => Promise<void>,
  onTrouble: (cause: unknown) => void = () => undefined,
): Connection => {
  // The agent is trusted to ask what the protocol says.
  const requests = handlers as PeerHandlers['requests'];
  let connected: Peer | null = null;
  let socket: Socket | null = null;
  let timer: NodeJS.Timeout | undefined;
  let retryMs = firstRetryMs;
  let isClosed = false;

  const dial = (): void => {
    const dialled = connect(path);
    socket = dialled;
    const peer = createPeer(dialled, { requests, notifications: {} }, limits);
    dialled.once('connect', () => {
      connected = peer;
      greet(peer).then(
        () => {
          retryMs = firstRetryMs;
        },
        (cause: unknown) => {
          dialled.destroy();
          onTrouble(cause);
        },
      );
    });
    void peer.closed.then(() => {
      if (connected === peer) connected = null;
      if (isClosed) return;
      timer = setTimeout(dial, retryMs);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    });
  };
  dial();

  return {
    notify: (method, params) => connected?.notify(method, params),
    close() {
      isClosed = true;
      clearTimeout(timer);
      socket?.destroy();
    },
  };
};
