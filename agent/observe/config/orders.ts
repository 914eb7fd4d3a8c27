import { basename } from 'node:path';
import type { Config } from '../../model/config/config.ts';
import type { WatchOrder } from '../../protocol/link.ts';
import { type FoundSocket, isWatchable } from './found-sockets.ts';

/** An order, and whose link it is for; null: the link of the first owner there was. */
export interface OwnedOrder extends WatchOrder {
  owner: string | null;
}

/** Where the managed server of an owner listens; null while it is not known who that is. */
export type ManagedSocket = (server: string, owner: string | null) => string | null;

/** A name for the configuration's name space from a socket's; the rest of tmux's names are free. */
const serverName = (name: string, taken: ReadonlySet<string>): string => {
  const plain =
    name
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .slice(0, 28) || 'socket';
  let candidate = plain;
  const isFree = (): boolean => !taken.has(candidate) && !(candidate in Object.prototype);
  for (let n = 2; !isFree(); n += 1) candidate = `${plain}-${n}`;
  return candidate;
};

/** Of the sessions declared on a server; none is no key. */
const limitsOn = (config: Config, server: string): Pick<WatchOrder, 'limits'> => {
  const limited = Object.entries(config.sessions).flatMap(([name, session]) =>
    session.server === server && session.limits ? [[name, session.limits] as const] : [],
  );
  return limited.length === 0 ? {} : { limits: Object.fromEntries(limited) };
};

const configured = (config: Config, managedSocket: ManagedSocket): OwnedOrder[] =>
  Object.entries(config.servers).map(([server, entry]) => {
    const { owner } = entry;
    if (entry.kind === 'adopted') {
      const { adopt } = entry;
      return { server, managed: false, socket: null, adopt, tmuxConfig: null, owner };
    }
    const socket = managedSocket(server, owner);
    const { tmuxConfig } = entry;
    const limits = limitsOn(config, server);
    return { server, managed: true, socket, adopt: null, tmuxConfig, owner, ...limits };
  });

/** Names of sockets are each owner's own; a socket of no known owner may be anybody's. */
const isConfigured = (orders: readonly OwnedOrder[], found: FoundSocket): boolean =>
  orders.some(({ socket, adopt, owner }) => {
    const { name, path } = found;
    // His link's word for it is no reason to take a socket from the link of another.
    if (owner !== null && found.owner !== null && owner !== found.owner) return false;
    return socket === path || adopt === path || adopt === name || adopt === basename(path);
  });

/** All are named in one event, `config.applied`, of at most 8 KiB. */
const maxFound = 32;

/** Everything to watch now, configured servers first; the others keep the order they were found in. */
export const watchOrders = (
  config: Config,
  managedSocket: ManagedSocket,
  found: readonly FoundSocket[],
): OwnedOrder[] => {
  const orders = configured(config, managedSocket);
  if (!config.autoAdopt) return orders;
  const taken = new Set(orders.map(({ server }) => server));
  for (const socket of found.filter(isWatchable).slice(0, maxFound)) {
    if (isConfigured(orders, socket)) continue;
    const server = serverName(socket.name, taken);
    taken.add(server);
    const { path, owner } = socket;
    orders.push({ server, managed: false, socket: path, adopt: path, tmuxConfig: null, owner });
  }
  return orders;
};
