import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface Listener {
  /** At any free port for 0. Answers with the port. */
  listen(port: number): Promise<number>;
  /** Ends with all its connections. */
  stop(): Promise<void>;
}

/** Another process may have the port of a server that was stopped, for a while. ms */
const retryMs = 50;
const patienceMs = 60_000;

const isTaken = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';

const listenAt = async (server: Server, port: number): Promise<number> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    server.listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    } catch (cause) {
      if (!isTaken(cause) || performance.now() > deadline) throw cause;
      await wait(retryMs);
    }
  }
};

/** On 127.0.0.1 alone: what it is told is nobody else's. */
export const createListener = (service: RequestListener): Listener => {
  let server: Server | undefined;

  return {
    listen: async (port) => {
      // A connection ends when a test says so, not because a client was idle.
      const started = createServer({ keepAliveTimeout: 600_000 }, service);
      const at = await listenAt(started, port);
      server = started;
      return at;
    },
    stop: async () => {
      const stopped = server;
      server = undefined;
      if (stopped === undefined) return;
      const closed = once(stopped, 'close');
      stopped.close();
      stopped.closeAllConnections();
      await closed;
    },
  };
};
