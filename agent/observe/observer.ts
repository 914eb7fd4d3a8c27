import type { NewEvent } from '../model/event.ts';
import { isRunning } from '../model/life.ts';
import type { Samples } from '../model/samples.ts';
import type { State } from '../model/state.ts';
import type { LinkNotifications, WatchOrder } from '../protocol/link.ts';
import type { OwnedOrder } from './config/orders.ts';
import { compareBrief, compareListing } from './life/compare-listing.ts';
import type { Ends } from './life/end-lives.ts';
import { serverDied, serverUnreachable } from './life/server-end.ts';
import type { World } from './life/world.ts';
import { createConnectedLinks } from './link/connected-links.ts';
import type { ConnectedLink, LinkEventsHandler } from './link/links.ts';
import { forgetEnded, keepListing, keepScreens } from './machine/keep-samples.ts';

/** What observing needs; the composition root gives it. */
export interface ObserverPorts {
  state(): State;
  samples: Samples;
  /** As it is for a server: some of it depends on the link that serves it. */
  world(server: string): World;
  now(): number;
  record(events: readonly NewEvent[], trace?: string): void;
  keepScreen(text: string): void;
  orders(): OwnedOrder[];
  /** Who owns what the configuration gives to nobody; null: whoever connected last. */
  firstOwner(): string | null;
  /** Their link came or went: until it has looked again, the log may be behind the world. */
  onLink?(servers: readonly string[]): void;
  /** A server was looked at: what is known of it is now the truth. */
  onObserved(server: string): void;
  onSockets(owner: string, sockets: LinkNotifications['sockets.found']['sockets']): void;
  onTrouble(what: string, cause: unknown): void;
  credentialsOf: LinkEventsHandler['credentialsOf'];
  nameOf: LinkEventsHandler['nameOf'];
}

const unable: Record<LinkNotifications['link.trouble']['what'], string> = {
  settings: 'apply its settings to',
  look: 'look at',
  listing: 'list the sessions of',
  limits: 'limit the sessions of',
};

/** Turns what links tell into events. Holds the links: one per owner. */
export const createObserver = (ports: ObserverPorts) => {
  const links = createConnectedLinks(ports.firstOwner);

  const ownerOf = (server: string): string | null =>
    ports.orders().find((order) => order.server === server)?.owner ?? null;
  const linkOf = (server: string): ConnectedLink | null => links.serving(ownerOf(server));
  const ordersFor = (link: ConnectedLink): WatchOrder[] =>
    ports
      .orders()
      .filter(({ owner }) => links.serving(owner) === link)
      .map(({ owner: _, ...order }) => order);

  const record = ({ events, screens, incident }: Ends): void => {
    screens.forEach(ports.keepScreen);
    const trace = incident ? ports.state().incidents[incident]?.trace : undefined;
    ports.record(events, trace);
    if (events.length > 0) forgetEnded(ports.samples, ports.state());
  };

  const take: {
    [K in keyof LinkNotifications]: (told: LinkNotifications[K], by: ConnectedLink) => void;
  } = {
    'server.listing': (told) => {
      const world = ports.world(told.server);
      record(compareListing(ports.state(), told, world));
      keepListing(ports.samples, world.bootId, told, world.commandOf);
      ports.onObserved(told.server);
    },
    'server.brief': (told) => record(compareBrief(ports.state(), told, ports.world(told.server))),
    'server.gone': (told) => {
      const world = ports.world(told.server);
      record(serverDied(ports.state(), told.server, told.how, told.text, world));
      ports.onObserved(told.server);
    },
    'server.unreachable': (told) => {
      record(serverUnreachable(ports.state(), told, ports.world(told.server)));
      ports.onObserved(told.server);
    },
    'link.trouble': ({ server, what, message }) =>
      ports.onTrouble(`the link cannot ${unable[what]} server ${server}`, message),
    heartbeat: () => undefined,
    'sockets.found': ({ sockets }, { owner }) => ports.onSockets(owner, sockets),
    screens: (told) => keepScreens(ports.samples, ports.state(), told),
  };

  /** What is told of a server nobody asked this link for is late, or made up. */
  const isOrdered = (told: object, by: ConnectedLink): boolean =>
    !('server' in told) || ordersFor(by).some(({ server }) => server === told.server);

  const serversOf = (link: ConnectedLink): string[] => ordersFor(link).map(({ server }) => server);

  const handler: LinkEventsHandler = {
    credentialsOf: ports.credentialsOf,
    nameOf: ports.nameOf,
    onHello: (hello) => {
      const { owner, uid, pid, tmux } = hello;
      const at = ports.now();
      links.add(hello, at);
      ports.record([{ at, type: 'link.connected', data: { owner, uid, pid, tmux } }]);
      ports.onLink?.(serversOf(hello));
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
    onTrouble: ports.onTrouble,
  };

  return {
    handler,
    linkOf,
    ownerOf,
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
        record(serverDied(ports.state(), server, 'unknown', 'the process is gone', world));
      }
    },
  };
};
