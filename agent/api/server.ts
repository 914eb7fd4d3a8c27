import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import * as v from 'valibot';
import type { EventType } from '../model/event.ts';
import type { Requester } from '../model/events/action.ts';
import { RequestFailure } from '../model/failure.ts';
import type { AgentMethod, AgentMethods, Subscription } from '../protocol/agent.ts';
import { type Listener, listenOn } from '../wire/listen.ts';
import { clientLimits, createPeer, type Peer } from '../wire/peer.ts';
import { type Caller, checkAccess, checkSubscriber, isReading } from './access.ts';
import { createGate } from './gate.ts';
import { createPacing, type Pace } from './pacing.ts';
import { createSeats, type Seat } from './seats.ts';
import type { Receiver } from './subscriber.ts';

/** What the agent answers with; the composition root gives it. `by`: who asks, as the kernel says. */
export type Methods = {
  [M in Exclude<AgentMethod, 'events.subscribe'>]: (
    params: AgentMethods[M]['params'],
    by: Requester,
  ) => Promise<AgentMethods[M]['result']> | AgentMethods[M]['result'];
} & { 'events.subscribe': (params: Subscription, receiver: Receiver) => { head: number } };

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const seq = v.pipe(v.number(), v.integer(), v.minValue(0));
const types = v.optional(
  v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(60)) as v.GenericSchema<
    EventType[]
  >,
);
const none = v.strictObject({});
const session = v.strictObject({ session: name });

/** Every parameter a caller may give; anything else is refused. */
const schemas: Record<AgentMethod, v.GenericSchema> = {
  version: none,
  status: none,
  'events.read': v.strictObject({
    after: v.optional(seq),
    since: v.optional(v.number()),
    session: v.optional(name),
    types,
    limit: v.optional(v.pipe(seq, v.maxValue(1000))),
  }),
  'events.subscribe': v.strictObject({
    after: seq,
    subscriber: v.optional(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,40}$/))),
    types,
  }),
  incidents: v.strictObject({ limit: v.optional(v.pipe(seq, v.minValue(1), v.maxValue(200))) }),
  incident: v.strictObject({ id: v.optional(name), session: v.optional(name) }),
  'screen.read': v.strictObject({ blob: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
  'session.start': session,
  'session.stop': session,
  'session.restart': session,
  'session.send': v.strictObject({
    session: name,
    text: v.pipe(v.string(), v.maxLength(16_384)),
    enter: v.boolean(),
  }),
  'session.attach': session,
  'log.level': v.strictObject({ level: v.optional(name), session: v.optional(name) }),
  'config.reload': none,
};

const read = (method: AgentMethod, params: unknown): unknown => {
  const result = v.safeParse(schemas[method], params ?? {});
  if (result.success) return result.output;
  const issue = result.issues[0];
  const where = v.getDotPath(issue) ?? 'params';
  throw new RequestFailure('invalid-params', `${method}: ${where}: ${issue.message}`.slice(0, 300));
};

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
  /** Of every session that may be meant by a name; null: nobody known. */
  ownersOf(session: string): (string | null)[];
  /** Of the socket. */
  mode: number;
  onTrouble(what: string, cause: unknown): void;
}

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
  const answer = (method: AgentMethod) => (params: unknown) => {
    seat.heard();
    const valid = read(method, params) as never;
    // Asked each time: a person may have become an operator, or a user an owner.
    const { session, subscriber } = valid as { session?: string; subscriber?: string };
    const caller = callerOf(by.uid);
    checkAccess(method, caller, session === undefined ? [] : ownersOf(session));
    checkSubscriber(caller, subscriber);
    pace(method, caller);
    if (method !== 'events.subscribe') {
      const act = () => methods[method](valid, by);
      return isReading(method) ? inTurn(act) : act();
    }
    if (subscribed) throw new RequestFailure('already-subscribed', 'one subscription each');
    subscribed = true;
    seat.keep();
    const receiver: Receiver = {
      send: (notification) => peer.notify('event', notification),
      drained: () => peer.drained(),
      waiting: () => peer.waiting(),
      gone: () => socket.destroyed,
    };
    return methods['events.subscribe'](valid, receiver);
  };
  const requests = Object.fromEntries(
    (Object.keys(schemas) as AgentMethod[]).map((method) => [method, answer(method)]),
  );
  const peer: Peer = createPeer(socket, { requests, notifications: {}, onTrouble }, clientLimits);
};

/** Listens for people and sidecars on `path`. */
export const listenForClients = (path: string, options: ApiOptions): Promise<Listener> => {
  const seats = createSeats(maxConnections);
  const pace = createPacing(() => performance.now());
  return listenOn(path, {
    onConnection: (socket) => {
      const by = options.requesterOf(socket);
      const { isOperator, isReader, owner } = options.callerOf(by.uid);
      const mayNothing = !isOperator && !isReader && owner === null;
      const most = isOperator ? maxConnections : maxPerUser;
      const seat = seats.take(socket, mayNothing ? strangers : by.uid, most);
      if (seat) serve(socket, options, by, seat, pace);
    },
    onTrouble: options.onTrouble,
    mode: options.mode,
  });
};
