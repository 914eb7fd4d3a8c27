import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { TmuxFailure } from '../model/failure.ts';
import type { Hello, LinkMethods, WatchOrder } from '../protocol/link.ts';
import { createPeer, type Peer, type PeerLimits } from '../wire/peer.ts';
import { createSession, killSession, repairSocket, sendKeys, startServer } from './commands.ts';
import { adoptedSocket, findSockets } from './sockets.ts';
import type { Tell } from './tell.ts';
import { type Watcher, watchServer } from './watcher.ts';

export interface LinkOptions {
  socket: string;
  /** Directory of the managed servers' sockets. */
  runDir: string;
  hello: Omit<Hello, 'protocol'>;
  env: NodeJS.ProcessEnv;
  onConnected?: () => void;
}

/** One link and its agent trust each other's size more than a stranger's. */
export const linkLimits: PeerLimits = {
  maxLine: 8 * 1024 * 1024,
  unfinishedMs: 10_000,
  maxQueued: 32 * 1024 * 1024,
  maxPending: 256,
  callMs: 20_000,
};

/** Reconnecting to an agent that is away, ms. */
const firstRetryMs = 20;
const lastRetryMs = 1000;

/** How often the owner's socket directory is listed for servers of his own, ms. */
const socketsEveryMs = 5000;

type Handlers = {
  [M in keyof LinkMethods]: (
    params: LinkMethods[M]['params'],
  ) => Promise<LinkMethods[M]['result']> | LinkMethods[M]['result'];
};

/** Runs until `close`: watches what the agent asks for, and reconnects to it for ever. */
export const startLink = (options: LinkOptions): { close(): void } => {
  const watchers = new Map<string, Watcher>();
  const configs = new Map<string, string | null>();
  let peer: Peer | null = null;
  let connection: Socket | null = null;
  let closed = false;
  let retryMs = firstRetryMs;
  let toldSockets = '';

  const tell: Tell = (method, params) => peer?.notify(method, params);

  const socketOf = ({ server, managed, socket, adopt }: WatchOrder): string => {
    if (socket) return socket;
    if (managed || adopt === null) return join(options.runDir, `${server}.sock`);
    return adoptedSocket(adopt, options.env, options.hello.uid);
  };

  const watch = (orders: readonly WatchOrder[]): void => {
    const wanted = new Map(orders.map((order) => [order.server, socketOf(order)]));
    for (const [server, watcher] of watchers) {
      if (wanted.get(server) === watcher.socket) continue;
      watcher.close();
      watchers.delete(server);
    }
    for (const order of orders) {
      configs.set(order.server, order.tmuxConfig);
      if (watchers.has(order.server)) continue;
      const socket = socketOf(order);
      watchers.set(order.server, watchServer({ ...order, socket }, tell));
    }
  };

  const watcherOf = (server: string): Watcher => {
    const watcher = watchers.get(server);
    if (!watcher) throw new TmuxFailure('unknown-server', `this link does not watch ${server}`);
    return watcher;
  };

  const handlers: Handlers = {
    watch: ({ servers }) => {
      watch(servers);
      return {};
    },
    resync: async ({ server }) => {
      await watcherOf(server).resync();
      return {};
    },
    // Each answers after the listing that shows its effect, so the agent hears of the effect first.
    'server.start': async ({ server }) => {
      const watcher = watcherOf(server);
      const instance = await startServer(watcher.socket, configs.get(server) ?? null);
      await watcher.resync();
      return { instance };
    },
    'socket.repair': async ({ server, instance }) => {
      const watcher = watcherOf(server);
      await repairSocket(watcher.socket, instance, watcher.managed);
      await watcher.resync();
      return {};
    },
    'session.create': async (params) => {
      const watcher = watcherOf(params.server);
      const tmuxId = await createSession(watcher.socket, params);
      await watcher.resync();
      return { tmuxId };
    },
    'session.kill': async ({ server, instance, tmuxId }) => {
      const watcher = watcherOf(server);
      await killSession(watcher.socket, instance, tmuxId);
      await watcher.resync();
      return {};
    },
    'keys.send': async ({ server, tmuxId, text, enter }) => {
      await sendKeys(watcherOf(server).socket, tmuxId, text, enter);
      return {};
    },
  };

  const tellSockets = (): void => {
    tell('heartbeat', {});
    const sockets = findSockets(options.env, options.hello.uid);
    const told = JSON.stringify(sockets);
    if (told === toldSockets) return;
    toldSockets = told;
    tell('sockets.found', { sockets });
  };

  const greet = async (now: Peer): Promise<void> => {
    const answer = (await now.call('hello', { protocol: 1, ...options.hello })) as {
      servers: WatchOrder[];
    };
    const before = new Set(watchers.keys());
    watch(answer.servers);
    for (const [server, watcher] of watchers) if (before.has(server)) watcher.repeat();
    toldSockets = '';
    tellSockets();
    retryMs = firstRetryMs;
    options.onConnected?.();
  };

  const dial = (): void => {
    if (closed) return;
    const socket = connect(options.socket);
    connection = socket;
    const now = createPeer(socket, { requests: handlers as never, notifications: {} }, linkLimits);
    socket.once('connect', () => {
      peer = now;
      greet(now).catch(() => socket.destroy());
    });
    void now.closed.then(() => {
      if (peer === now) peer = null;
      setTimeout(dial, retryMs);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    });
  };
  dial();
  const timer = setInterval(tellSockets, socketsEveryMs);

  return {
    close: () => {
      closed = true;
      clearInterval(timer);
      for (const watcher of watchers.values()) watcher.close();
      connection?.destroy();
    },
  };
};
