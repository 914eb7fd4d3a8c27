import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listener {
  /** At any free port for 0. Answers with the port. */
  listen(port: number): Promise<number>;
  /** Ends with all its connections. */
  stop(): Promise<void>;
}

/** On 127.0.0.1 alone: what it is told is nobody else's. */
export const createListener = (service: RequestListener): Listener => {
  let server: Server | undefined;

  return {
    listen: async (port) => {
      // A connection ends when a test says so, not because a client was idle.
      const started = createServer({ keepAliveTimeout: 600_000 }, service);
      started.listen(port, '127.0.0.1');
      await once(started, 'listening');
      server = started;
      return (started.address() as AddressInfo).port;
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
