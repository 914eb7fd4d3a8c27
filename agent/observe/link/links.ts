import type { Socket } from 'node:net';
import { ProtocolFailure } from '../../model/failure.ts';
import type { Hello, LinkMethods, LinkNotifications, WatchOrder } from '../../protocol/link.ts';
import { type Listener, listenOn } from '../../wire/listen.ts';
import { createPeer, type Peer, type PeerLimits } from '../../wire/peer.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import { notifications, readHello, readNotification } from './link-messages.ts';
import { createPace } from './pace.ts';
import { createPlaces, type Places } from './places.ts';

/** A link that has said hello. */
export interface ConnectedLink extends Hello {
  call<M extends keyof LinkMethods>(
    method: M,
    params: LinkMethods[M]['params'],
    limitMs?: number,
  ): Promise<LinkMethods[M]['result']>;
}

export interface LinkEventsHandler {
  /** Who is at the other end, by the kernel's word; null: it gives none. */
  credentialsOf(socket: Socket): { pid: number; uid: number } | null;
  /** Whether a link is refused of whom the kernel says nothing; if not, its own word is taken. */
  mustBeKnown: boolean;
  /** The name of a user: what a link says of itself is not believed. */
  nameOf(uid: number): string;
  onHello(link: ConnectedLink): WatchOrder[];
  onTold<K extends keyof LinkNotifications>(
    method: K,
    params: LinkNotifications[K],
    by: ConnectedLink,
  ): void;
  onLost(link: ConnectedLink, reason: string): void;
  /** Events recorded so far: what a message caused is the difference. */
  recorded(): number;
  /** Something a link said could not be believed. */
  onTrouble(what: string, cause: unknown): void;
}

const limits: PeerLimits = {
  maxLine: 8 * 1024 * 1024,
  unfinishedMs: 10_000,
  maxQueued: 8 * 1024 * 1024,
  maxPending: 16,
  callMs: 45_000,
};

/** Whoever connects says hello soon, or makes room. ms */
const helloMs = 5000;

/** A link says something every 5 s; one that was silent for so long is stopped or stuck. ms */
const silentMs = 15_000;

/** Gives up a connection on which nothing is heard. */
const watchSilence = (socket: Socket) => {
  const give = (): void => {
    socket.destroy(new ProtocolFailure('link-silent', 'nothing was heard from the link'));
  };
  let timer = setTimeout(give, helloMs);
  socket.once('close', () => clearTimeout(timer));
  /** @param moreMs not its fault: we do not listen for so long */
  return (moreMs = 0): void => {
    clearTimeout(timer);
    if (!socket.destroyed) timer = setTimeout(give, silentMs + moreMs);
  };
};

const serve = (
  socket: Socket,
  uidOfPeer: number,
  handler: LinkEventsHandler,
  places: Places,
  allowance: Allowance,
): void => {
  let link: ConnectedLink | null = null;
  const heard = watchSilence(socket);
  const pace = createPace(socket, allowance, heard, handler.onTrouble);

  /** @param least what it costs where nothing is recorded: a line in the process log */
  const charged = <T>(least: number, act: () => T): T => {
    const begun = performance.now();
    const before = handler.recorded();
    try {
      return act();
    } catch (cause) {
      allowance.spend(uidOfPeer, 1, 0);
      throw cause;
    } finally {
      const events = Math.max(least, handler.recorded() - before);
      allowance.spend(uidOfPeer, events, performance.now() - begun);
      pace(uidOfPeer);
    }
  };
  const hear = (method: keyof LinkNotifications) => (params: unknown) =>
    charged(method === 'link.trouble' ? 1 : 0, () => {
      if (!link) throw new ProtocolFailure('no-hello', `${method} before hello`);
      if (!places.isBelieved(socket, link.uid)) return;
      heard();
      handler.onTold(method, readNotification(method, params), link);
    });
  const greet = (params: unknown): { servers: WatchOrder[] } => {
    if (link) throw new ProtocolFailure('greeted-already', 'one hello for each connection');
    const call = (method: string, args: unknown, limitMs?: number) =>
      peer.call(method, args, limitMs) as Promise<never>;
    const hello = readHello(params);
    const known = handler.credentialsOf(socket);
    if (!known && handler.mustBeKnown) {
      throw new ProtocolFailure('unknown-peer', 'the kernel does not say whose link this is');
    }
    const { pid, uid } = known ?? hello;
    link = { ...hello, owner: handler.nameOf(uid), pid, uid, call };
    heard();
    places.believe(socket, uid);
    return { servers: handler.onHello(link) };
  };
  const peer: Peer = createPeer(
    socket,
    {
      // One that comes is lost some day: two events.
      requests: { hello: (params) => charged(2, () => greet(params)) },
      notifications: Object.fromEntries(notifications.map((method) => [method, hear(method)])),
      onTrouble: handler.onTrouble,
    },
    limits,
  );
  // Of somebody who dials anew because he has to wait.
  pace(uidOfPeer);
  void peer.closed.then((error) => {
    if (link) handler.onLost(link, error?.message ?? 'closed');
  });
};

/** Listens for links on `path`, a socket of that mode. */
export const listenForLinks = (
  path: string,
  mode: number,
  handler: LinkEventsHandler,
): Promise<Listener> => {
  const places = createPlaces();
  const allowance = createAllowance(() => performance.now());
  return listenOn(path, {
    onConnection: (socket) => {
      const uid = handler.credentialsOf(socket)?.uid ?? -1;
      if (places.take(socket, uid)) serve(socket, uid, handler, places, allowance);
    },
    onTrouble: handler.onTrouble,
    mode,
  });
};
