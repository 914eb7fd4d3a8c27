import { isRunning } from '../model/life.ts';
import type { WatchOrder } from '../protocol/link.ts';
import type { OwnedOrder } from './config/orders.ts';
import { serverDied } from './life/server-end.ts';
import { createConnectedLinks } from './link/connected-links.ts';
import type { ConnectedLink, LinkEventsHandler } from './link/links.ts';
import { keepLimits } from './machine/keep-samples.ts';
import { createEndRecorder, createTake, type NotificationPorts } from './notifications.ts';

/** What observing needs; the composition root gives it. */
export interface ObserverPorts extends NotificationPorts {
  now(): number;
  orders(): OwnedOrder[];
  /** Who owns what the configuration gives to nobody; null: whoever connected last. */
  firstOwner(): string | null;
  /** Their link came or went: until it has looked again, the log may be behind the world. */
  onLink?(servers: readonly string[]): void;
  credentialsOf: LinkEventsHandler['credentialsOf'];
  nameOf: LinkEventsHandler['nameOf'];
  mustBeKnown?: boolean;
}

/** Turns what links tell into events. Holds the links: one per owner. */
export const createObserver = (ports: ObserverPorts) => {
  const links = createConnectedLinks(ports.firstOwner);

  const ownerOf = (server: string): string | null =>
    ports.orders().find((order) => order.server === server)?.owner ?? null;
  /** What no server is called, as `unitsServer`, is served as what the configuration gives to nobody. */
  const linkOf = (server: string): ConnectedLink | null => links.serving(ownerOf(server));
  const ordersFor = (link: ConnectedLink): WatchOrder[] =>
    ports
      .orders()
      .filter(({ owner }) => links.serving(owner) === link)
      .map(({ owner: _, ...order }) => order);

  const take = createTake(ports);
  const recordEnds = createEndRecorder(ports);

  /** What is told of a server nobody asked this link for is late, or made up. */
  const isOrdered = (told: object, by: ConnectedLink): boolean =>
    !('server' in told) || ordersFor(by).some(({ server }) => server === told.server);

  const serversOf = (link: ConnectedLink): string[] => ordersFor(link).map(({ server }) => server);

  const handler: LinkEventsHandler = {
    credentialsOf: ports.credentialsOf,
    nameOf: ports.nameOf,
    mustBeKnown: ports.mustBeKnown ?? false,
    onHello: (hello) => {
      const { owner, uid, pid, tmux } = hello;
      const at = ports.now();
      links.add(hello, at);
      ports.record([{ at, type: 'link.connected', data: { owner, uid, pid, tmux } }]);
      const servers = serversOf(hello);
      // It tells anew what it cannot do.
      for (const server of servers) keepLimits(ports.samples, server, null);
      ports.onLink?.(servers);
      return ordersFor(hello);
    },
    onTold: (method, params, by) => {
      if (isOrdered(params, by)) take[method](params, by);
    },
    onLost: (lost, reason) => {
      const servers = serversOf(lost);
      if (!links.remove(lost)) return;
      ports.onLink?.(servers);
      const { owner, pid } = lost;
      const data = { owner, pid, reason: reason.slice(0, 200) };
      ports.record([{ at: ports.now(), type: 'link.lost', data }]);
    },
    recorded: () => ports.state().seq,
    onTrouble: ports.onTrouble,
  };

  return {
    handler,
    linkOf,
    ownerOf,
    hasLink: (owner: string): boolean => links.serving(owner) !== null,
    /** Since when a server has a link, ms since the epoch; Infinity while it has none. */
    linkSince: (server: string) => links.since(ownerOf(server)),
    /** Tells every link what to watch now. */
    orderAnew(): void {
      for (const link of links.all()) {
        link
          .call('watch', { servers: ordersFor(link) })
          .catch((cause: unknown) => ports.onTrouble('a link refused what to watch', cause));
      }
    },
    /** Without a link, or where the link does not reach it, the agent still sees a server by its pid. */
    lookWithoutLink(): void {
      for (const { server, instance, status } of Object.values(ports.state().servers)) {
        const world = ports.world(server);
        if (linkOf(server) && status === 'alive') continue;
        if (!isRunning({ status }) || !instance || world.isAlive(instance)) continue;
        recordEnds(serverDied(ports.state(), server, 'unknown', 'the process is gone', world));
      }
    },
  };
};
