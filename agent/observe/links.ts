import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Hello, LinkMethods, LinkNotifications, WatchOrder } from '../api/link-protocol.ts';
import { createPeer, type Peer, type PeerLimits } from '../api/peer.ts';
import { ProtocolFailure } from '../model/failure.ts';
import { readHello, readNotification } from './link-messages.ts';

/** A link that has said hello. */
export interface ConnectedLink extends Hello {
  call<M extends keyof LinkMethods>(
    method: M,
    params: LinkMethods[M]['params'],
  ): Promise<LinkMethods[M]['result']>;
}

export interface LinkEventsHandler {
  onHello(link: ConnectedLink): WatchOrder[];
  onTold<K extends keyof LinkNotifications>(method: K, params: LinkNotifications[K]): void;
  onLost(link: ConnectedLink, reason: string): void;
  /** Something a link said could not be believed. */
  onTrouble(what: string, cause: unknown): void;
}

const limits: PeerLimits = {
  maxLine: 8 * 1024 * 1024,
  unfinishedMs: 10_000,
  maxQueued: 8 * 1024 * 1024,
  maxPending: 16,
  callMs: 20_000,
};

/** More links than owners of sessions on one machine. */
const maxLinks = 16;

const told: (keyof LinkNotifications)[] = [
  'server.listing',
  'server.brief',
  'server.gone',
  'server.unreachable',
  'sockets.found',
  'screens',
];

const serve = (socket: Socket, handler: LinkEventsHandler): void => {
  let link: ConnectedLink | null = null;

  const hear = (method: keyof LinkNotifications) => (params: unknown) => {
    if (!link) throw new ProtocolFailure('no-hello', `${method} before hello`);
    handler.onTold(method, readNotification(method, params));
  };
  const peer: Peer = createPeer(
    socket,
    {
      requests: {
        hello: (params) => {
          const call = (method: string, args: unknown) => peer.call(method, args) as Promise<never>;
          link = { ...readHello(params), call };
          return { servers: handler.onHello(link) };
        },
      },
      notifications: Object.fromEntries(told.map((method) => [method, hear(method)])),
      onTrouble: handler.onTrouble,
    },
    limits,
  );
  void peer.closed.then((error) => {
    if (link) handler.onLost(link, error?.message ?? 'closed');
  });
};

/** Listens for links on `path`; a socket left behind by a killed agent is replaced. */
export const listenForLinks = (path: string, handler: LinkEventsHandler): Promise<Server> =>
  new Promise((resolve, reject) => {
    rmSync(path, { force: true });
    const server = createServer((socket) => serve(socket, handler));
    server.maxConnections = maxLinks;
    server.once('error', reject);
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve(server);
    });
  });
