import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Requester } from '../model/events/action.ts';
import type { Remote } from '../model/events/remote.ts';
import { RequestFailure } from '../model/failure.ts';
import type { AgentMethod, AgentMethods, Subscription } from '../protocol/agent.ts';
import { type Listener, listenOn } from '../wire/listen.ts';
import { clientLimits, createPeer, type Peer, type PeerLimits } from '../wire/peer.ts';
import {
  type Caller,
  checkAccess,
  checkRemote,
  checkSubscriber,
  isReading,
  mayActOnAll,
} from './access.ts';
import type { About } from './concerned.ts';
import { createGate } from './gate.ts';
import type { NotifierPeer } from './notifier-seat.ts';
import { createPacing, type Pace } from './pacing.ts';
import { agentMethods, readParams } from './params.ts';
import { createSeats, type Seat } from './seats.ts';
import type { Receiver } from './subscriber.ts';

/** What the agent answers with; the composition root gives it. `by`: who asks, as the kernel says. */
export type Methods = {
  [M in Exclude<AgentMethod, keyof Bound>]: (
    params: AgentMethods[M]['params'],
    by: Requester,
  ) => Promise<AgentMethods[M]['result']> | AgentMethods[M]['result'];
} & Bound;

/** What goes on, on the connection it was asked on. */
interface Bound {
  'events.subscribe': (params: Subscription, receiver: Receiver) => { head: number };
  'notifier.attach': (params: Record<string, never>, peer: NotifierPeer) => Record<string, never>;
}

/** More people and sidecars than one agent serves at once. */
const maxConnections = 64;

/** More than one user needs who is no operator: root must not be kept out by the watched. */
const maxPerUser = 16;

/** Who may do nothing has the seats of one user together with all others like him: a user may have thousands of uids (subuid(5)). */
const strangers = -1;

export interface ApiOptions {
  methods: Methods;
  /** Who is at the other end, by the kernel's word. */
  requesterOf(socket: Socket): Requester;
  callerOf(uid: number): Caller;
  /** Of all that a call may be about; null: nobody known, or everybody. */
  ownersOf(method: AgentMethod, about: About): (string | null)[];
  /** Of the socket. */
  mode: number;
  onTrouble(what: string, cause: unknown): void;
}

/** Whom a call is for, or from, and how much it brings. */
interface Named {
  subscriber?: string;
  remote?: Remote;
  events?: unknown[];
}

/** Its answers are lists. */
const notifierLimits: PeerLimits = { ...clientLimits, maxLine: 1024 * 1024 };

const serve = (
  socket: Socket,
  { methods, callerOf, ownersOf, onTrouble }: ApiOptions,
  by: Requester,
  seat: Seat,
  pace: Pace,
): void => {
  let subscribed = false;
  const oneByOne = createGate(1);
  /** No answer is made before the last one was read: those of a slow reader would lie in memory together. */
  const inTurn = <T>(work: () => T) =>
    oneByOne(async () => {
      // The last one is written only now.
      await setImmediate();
      await peer.drained();
      if (socket.destroyed) throw new RequestFailure('connection-closed', 'nobody waits for it');
      return work();
    });
  const subscribe = (params: Subscription): { head: number } => {
    if (subscribed) throw new RequestFailure('already-subscribed', 'one subscription each');
    subscribed = true;
    seat.keep();
    const receiver: Receiver = {
      send: (notification) => peer.notify('event', notification),
      drained: () => peer.drained(),
      waiting: () => peer.waiting(),
      gone: () => socket.destroyed,
    };
    return methods['events.subscribe'](params, receiver);
  };
  const attach = (): Record<string, never> => {
    seat.keep();
    return methods['notifier.attach']({}, { call: peer.call, gone: () => socket.destroyed });
  };
  const answer = (method: AgentMethod) => (params: unknown) => {
    seat.heard();
    const valid = readParams(method, params) as never;
    // Asked each time: a person may have become an operator, or a user an owner.
    const { subscriber, remote, events, ...about } = valid as About & Named;
    const caller = callerOf(by.uid);
    checkAccess(method, caller, ownersOf(method, about));
    checkSubscriber(caller, subscriber);
    checkRemote(caller, remote);
    pace(method, caller, events?.length);
    if (method === 'events.subscribe') return subscribe(valid);
    if (method === 'notifier.attach') return attach();
    const act = () => methods[method](valid, remote ? { ...by, remote } : by);
    return isReading(method) ? inTurn(act) : act();
  };
  const requests = Object.fromEntries(agentMethods.map((method) => [method, answer(method)]));
  const limits = callerOf(by.uid).isNotifier ? notifierLimits : clientLimits;
  const peer: Peer = createPeer(socket, { requests, notifications: {}, onTrouble }, limits);
};

/** Listens for people and sidecars on `path`. */
export const listenForClients = (path: string, options: ApiOptions): Promise<Listener> => {
  const seats = createSeats(maxConnections);
  const pace = createPacing(() => performance.now());
  return listenOn(path, {
    onConnection: (socket) => {
      const by = options.requesterOf(socket);
      const caller = options.callerOf(by.uid);
      const mayNothing = !mayActOnAll(caller) && !caller.isReader && caller.owner === null;
      const most = caller.isOperator ? maxConnections : maxPerUser;
      const uid = mayNothing ? strangers : by.uid;
      // The notifier is kept out by nobody either, and keeps nobody out: it talks to the network.
      const seat = seats.take(socket, uid, most, mayActOnAll(caller));
      if (seat) serve(socket, options, by, seat, pace);
    },
    onTrouble: options.onTrouble,
    mode: options.mode,
  });
};
