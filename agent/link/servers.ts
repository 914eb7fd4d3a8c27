import { join } from 'node:path';
import { realKernel } from '../model/cgroup.ts';
import { TmuxFailure } from '../model/failure.ts';
import type { Hello, WatchOrder } from '../protocol/link.ts';
import { installLauncher } from './cgroup/launcher.ts';
import { createSessionGroups } from './cgroup/session-groups.ts';
import type { Notify } from './notify.ts';
import { adoptedSocket } from './sockets.ts';
import { realAccess } from './watch/access.ts';
import { type Watcher, watchServer } from './watch/watcher.ts';

export interface ServersOptions {
  /** Directory of the managed servers' sockets. */
  runDir: string;
  /** Where the managed server listens whatever the agent says; null: systemd starts none. */
  serverSocket: string | null;
  /** The file that puts new panes into the cgroup of their session. */
  launcher: string;
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

export const createServers = (options: ServersOptions, notify: Notify): Servers => {
  const { runDir, serverSocket, launcher, hello, env } = options;
  const watchers = new Map<string, Watcher>();
  const configs = new Map<string, string | null>();

  const socketOf = ({ server, managed, socket, adopt }: WatchOrder): string => {
    if (managed && serverSocket) return serverSocket;
    if (socket) return socket;
    if (managed || adopt === null) return join(runDir, `${server}.sock`);
    return adoptedSocket(adopt, env, hello.uid);
  };

  const groupsOf = (path: string) =>
    createSessionGroups({
      kernel: realKernel,
      installLauncher: (instance) => installLauncher(path, instance, launcher),
      now: () => performance.now(),
    });

  const watch = (orders: readonly WatchOrder[]): void => {
    const wanted = new Map(orders.map((order) => [order.server, socketOf(order)]));
    for (const [server, watcher] of watchers) {
      if (wanted.get(server) === watcher.socket) continue;
      watcher.close();
      watchers.delete(server);
    }
    for (const order of orders) {
      configs.set(order.server, order.tmuxConfig);
      const known = watchers.get(order.server);
      known?.limit(order.limits ?? {});
      if (known) continue;
      const socket = socketOf(order);
      const groups = order.managed ? groupsOf(socket) : null;
      const watcher = watchServer({ ...order, socket }, notify, realAccess, groups);
      watcher.limit(order.limits ?? {});
      watchers.set(order.server, watcher);
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
