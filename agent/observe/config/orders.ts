import { basename, join } from 'node:path';
import type { Config } from '../../model/config/config.ts';
import { jsonBytes } from '../../model/json-size.ts';
import type { WatchOrder } from '../../protocol/link.ts';

/** A tmux server to watch: from the configuration, or found by a link (`adopt: auto`). */
export interface FoundSocket {
  name: string;
  path: string;
}

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

const configured = (config: Config, tmuxDir: string): WatchOrder[] =>
  Object.entries(config.servers).map(([server, entry]) =>
    entry.kind === 'managed'
      ? {
          server,
          managed: true,
          socket: join(tmuxDir, `${server}.sock`),
          adopt: null,
          tmuxConfig: entry.tmuxConfig,
        }
      : { server, managed: false, socket: null, adopt: entry.adopt, tmuxConfig: null },
  );

const isConfigured = (orders: readonly WatchOrder[], { name, path }: FoundSocket): boolean =>
  orders.some(
    ({ socket, adopt }) =>
      socket === path || adopt === path || adopt === name || adopt === basename(path),
  );

/** All are named in one event, `config.applied`, of at most 8 KiB. */
const maxFound = 32;
/** Longer than any path a socket can have (107 bytes, unix(7)), unless it is full of escapes. */
const maxPathBytes = 120;

/** Everything to watch now, configured servers first; the others keep the order they were found in. */
export const watchOrders = (
  config: Config,
  tmuxDir: string,
  found: readonly FoundSocket[],
): WatchOrder[] => {
  const orders = configured(config, tmuxDir);
  if (!config.autoAdopt) return orders;
  const taken = new Set(orders.map(({ server }) => server));
  const watchable = found.filter(({ path }) => jsonBytes(path) <= maxPathBytes);
  for (const socket of watchable.slice(0, maxFound)) {
    if (isConfigured(orders, socket)) continue;
    const server = serverName(socket.name, taken);
    taken.add(server);
    const { path } = socket;
    orders.push({ server, managed: false, socket: path, adopt: path, tmuxConfig: null });
  }
  return orders;
};
