import type { Hello, WatchOrder } from '../protocol/link.ts';
import type { Peer } from '../wire/peer.ts';
import { awaitServer } from './command/await-server.ts';
import { startServer } from './command/start-server.ts';
import { type Connection, startConnection } from './connection.ts';
import { createFoundSockets } from './found-sockets.ts';
import { createHandlers } from './handlers.ts';
import type { Notify } from './notify.ts';
import { createProbes } from './probe/probes.ts';
import { createServers } from './servers.ts';

export interface LinkOptions {
  socket: string;
  /** Directory of the managed servers' sockets. */
  runDir: string;
  /** Of the managed server, where systemd starts it and the link never does. */
  serverSocket: string | null;
  /** `pane-shell`, by which new panes come into the cgroup of their session. */
  launcher: string;
  hello: Omit<Hello, 'protocol'>;
  env: NodeJS.ProcessEnv;
  onConnected?: () => void;
  /** A connection was given up before it was of use; it is tried again. */
  onTrouble?: (cause: unknown) => void;
}

/** The agent gives up a link from which it hears nothing for three times as long, ms. */
const heartbeatMs = 5000;

/** How often the owner's socket directory is listed for servers of his own, ms. */
const socketsEveryMs = 5000;

/** Runs until `close`: watches what the agent asks for, and reconnects to it for ever. */
export const startLink = (options: LinkOptions): { close(): void } => {
  const { hello, env } = options;
  const notify: Notify = (method, params) => connection.notify(method, params);
  const servers = createServers(options, notify);
  const bringUp = options.serverSocket === null ? startServer : awaitServer;
  const probes = createProbes(env);
  const sockets = createFoundSockets(env, hello.uid, notify);

  const greet = async (peer: Peer): Promise<void> => {
    const answer = (await peer.call('hello', { protocol: 1, ...hello })) as {
      servers: WatchOrder[];
    };
    servers.watchAnew(answer.servers);
    notify('heartbeat', {});
    sockets.forget();
    sockets.tell();
    options.onConnected?.();
  };
  const connection: Connection = startConnection(
    options.socket,
    createHandlers(servers, bringUp, probes),
    greet,
    (cause) => options.onTrouble?.(cause),
  );
  const timers = [
    setInterval(() => notify('heartbeat', {}), heartbeatMs),
    setInterval(sockets.tell, socketsEveryMs),
  ];

  return {
    close() {
      for (const timer of timers) clearInterval(timer);
      probes.close();
      servers.close();
      connection.close();
    },
  };
};
