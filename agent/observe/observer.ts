import type { NewEvent } from '../model/event.ts';
import { isRunning } from '../model/life.ts';
import type { Samples } from '../model/samples.ts';
import type { State } from '../model/state.ts';
import type { LinkNotifications, WatchOrder } from '../protocol/link.ts';
import { compareBrief, compareListing } from './life/compare-listing.ts';
import type { Ends } from './life/end-lives.ts';
import { serverDied, serverUnreachable } from './life/server-end.ts';
import type { World } from './life/world.ts';
import type { ConnectedLink, LinkEventsHandler } from './link/links.ts';
import { forgetEnded, keepListing, keepScreens } from './machine/keep-samples.ts';

/** What observing needs; the composition root gives it. */
export interface ObserverPorts {
  state(): State;
  samples: Samples;
  world(): World;
  record(events: readonly NewEvent[], trace?: string): void;
  keepScreen(text: string): void;
  orders(): WatchOrder[];
  /** The link came or went: until it has looked again, the log may be behind the world. */
  onLink?(): void;
  /** A server was looked at: what is known of it is now the truth. */
  onObserved(server: string): void;
  onSockets(sockets: LinkNotifications['sockets.found']['sockets']): void;
  onTrouble(what: string, cause: unknown): void;
  credentialsOf: LinkEventsHandler['credentialsOf'];
}

const unable: Record<LinkNotifications['link.trouble']['what'], string> = {
  settings: 'apply its settings to',
  look: 'look at',
  listing: 'list the sessions of',
};

/** Turns what the link tells into events. Holds the link: there is one. */
export const createObserver = (ports: ObserverPorts) => {
  let link: ConnectedLink | null = null;
  let linkSince = 0;

  const record = ({ events, screens, incident }: Ends): void => {
    screens.forEach(ports.keepScreen);
    const trace = incident ? ports.state().incidents[incident]?.trace : undefined;
    ports.record(events, trace);
    if (events.length > 0) forgetEnded(ports.samples, ports.state());
  };

  const take: { [K in keyof LinkNotifications]: (told: LinkNotifications[K]) => void } = {
    'server.listing': (told) => {
      const world = ports.world();
      record(compareListing(ports.state(), told, world));
      keepListing(ports.samples, world.bootId, told, world.commandOf);
      ports.onObserved(told.server);
    },
    'server.brief': (told) => record(compareBrief(ports.state(), told, ports.world())),
    'server.gone': (told) => {
      record(serverDied(ports.state(), told.server, told.how, told.text, ports.world()));
      ports.onObserved(told.server);
    },
    'server.unreachable': (told) => {
      record(serverUnreachable(ports.state(), told, ports.world()));
      ports.onObserved(told.server);
    },
    'link.trouble': ({ server, what, message }) =>
      ports.onTrouble(`the link cannot ${unable[what]} server ${server}`, message),
    heartbeat: () => undefined,
    'sockets.found': ({ sockets }) => ports.onSockets(sockets),
    screens: (told) => keepScreens(ports.samples, ports.state(), told),
  };

  /** What is told of a server nobody asked for is late, or made up. */
  const isOrdered = (told: object): boolean =>
    !('server' in told) || ports.orders().some(({ server }) => server === told.server);

  const handler: LinkEventsHandler = {
    credentialsOf: ports.credentialsOf,
    onHello: (hello) => {
      link = hello;
      linkSince = ports.world().now;
      ports.onLink?.();
      const { owner, uid, pid, tmux } = hello;
      ports.record([{ at: linkSince, type: 'link.connected', data: { owner, uid, pid, tmux } }]);
      return ports.orders();
    },
    onTold: (method, params) => {
      if (isOrdered(params)) take[method](params);
    },
    onLost: (lost, reason) => {
      // A link that has come back already is told apart by its connection: its pid is the same.
      if (lost !== link) return;
      const { owner, pid } = lost;
      link = null;
      ports.onLink?.();
      const data = { owner, pid, reason: reason.slice(0, 200) };
      ports.record([{ at: ports.world().now, type: 'link.lost', data }]);
    },
    onTrouble: ports.onTrouble,
  };

  return {
    handler,
    link: () => link,
    linkSince: () => (link ? linkSince : Number.POSITIVE_INFINITY),
    /** Without a link, or where the link does not reach it, the agent still sees a server by its pid. */
    lookWithoutLink(): void {
      const world = ports.world();
      for (const { server, instance, status } of Object.values(ports.state().servers)) {
        if (link && status === 'alive') continue;
        if (!isRunning({ status }) || !instance || world.isAlive(instance)) continue;
        record(serverDied(ports.state(), server, 'unknown', 'the process is gone', world));
      }
    },
  };
};
