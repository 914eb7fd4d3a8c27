import { join } from 'node:path';
import { TmuxFailure } from '../model/failure.ts';
import type { Hello, WatchOrder } from '../protocol/link.ts';
import type { Notify } from './notify.ts';
import { adoptedSocket } from './sockets.ts';
import { type Watcher, watchServer } from './watch/watcher.ts';

export interface ServersOptions {
  /** Directory of the managed servers' sockets. */
  runDir: string;
  hello: Pick<Hello, 'uid'>;
  env: NodeJS.ProcessEnv;
}

/** The servers the agent asked to watch, and who watches them. */
export interface Servers {
  watch(orders: readonly WatchOrder[]): void;
  /** As `watch`, for an agent that knows nothing yet: what was watched before is told again. */
  watchAnew(orders: readonly WatchOrder[]): void;
  /** @throws TmuxFailure `unknown-server` */
  watcherOf(server: string): Watcher;
  /** What tmux reads when it is started as that server. */
  configOf(server: string): string | null;
  close(): void;
}

export const createServers = ({ runDir, hello, env }: ServersOptions, notify: Notify): Servers => {
  const watchers = new Map<string, Watcher>();
  const configs = new Map<string, string | null>();

  const socketOf = ({ server, managed, socket, adopt }: WatchOrder): string => {
    if (socket) return socket;
    if (managed || adopt === null) return join(runDir, `${server}.sock`);
    return adoptedSocket(adopt, env, hello.uid);
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
      watchers.set(order.server, watchServer({ ...order, socket }, notify));
    }
  };

  return {
    watch,
    watchAnew(orders) {
      const before = new Set(watchers.keys());
      watch(orders);
      for (const [server, watcher] of watchers) if (before.has(server)) watcher.repeat();
    },
    watcherOf(server) {
      const watcher = watchers.get(server);
      if (!watcher) throw new TmuxFailure('unknown-server', `this link does not watch ${server}`);
      return watcher;
    },
    configOf: (server) => configs.get(server) ?? null,
    close() {
      for (const watcher of watchers.values()) watcher.close();
    },
  };
};
