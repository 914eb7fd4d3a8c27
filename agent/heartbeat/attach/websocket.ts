import { EventEmitter } from 'node:events';
import { fieldOf } from '../bounded.ts';
import type { Heartbeat } from '../contract.ts';
import { attachEmitter, type EventMeaning } from './emitter.ts';
import { type Emitter, type Listener, quiet } from './listen.ts';

/** That of the package ws, or the one every browser and newer Node has. */
export interface WebSocketLike {
  readonly readyState: number;
  // biome-ignore lint/suspicious/noExplicitAny: each kind has a signature of its own
  send(...given: any[]): unknown;
  addEventListener?(event: string, listener: Listener): void;
  removeEventListener?(event: string, listener: Listener): void;
}

const isOpen = 1;

/** What a closing handshake says (RFC 6455, section 7.4): 1000 and 1001 are ordinary. */
const closing = (code: unknown, reason: unknown): string =>
  `closed with ${typeof code === 'number' ? code : 'no code'}${reason ? `: ${String(reason)}` : ''}`;

/** The words of ws for an answer that is no WebSocket, 401: Unauthorized (RFC 9110). Its event would keep ws from telling them. */
const unauthorised = /^Unexpected server response: 401$/;

const ofPackage = (beat: Heartbeat): Readonly<Record<string, EventMeaning>> => {
  let refused = false;
  return {
    open: 'ready',
    message: 'received',
    pong: { count: 'pongs' },
    error(_, error) {
      refused ||= unauthorised.test(String(fieldOf(error, 'message')));
      beat.error(error);
    },
    close: (_, code, reason) =>
      beat.connection(refused ? 'logged-out' : 'disconnected', closing(code, reason)),
  };
};

const ofStandard = (beat: Heartbeat): [string, Listener][] => [
  ['open', () => beat.connection('ready', 'open')],
  ['message', () => beat.received()],
  ['error', (event: unknown) => beat.error(fieldOf(event, 'error') ?? fieldOf(event, 'message'))],
  [
    'close',
    (event: unknown) =>
      beat.connection('disconnected', closing(fieldOf(event, 'code'), fieldOf(event, 'reason'))),
  ],
];

const listenTo = (socket: WebSocketLike, beat: Heartbeat): (() => void) => {
  if (socket instanceof EventEmitter)
    return attachEmitter(socket as Emitter, ofPackage(beat), beat);
  const listeners = ofStandard(beat).map(([event, act]) => [event, quiet(act)] as const);
  for (const [event, listener] of listeners) socket.addEventListener?.(event, listener);
  return () => {
    for (const [event, listener] of listeners) socket.removeEventListener?.(event, listener);
  };
};

/** Counts what is sent, whoever sends it. Returns what puts the method back. */
const countSent = (socket: WebSocketLike, beat: Heartbeat): (() => void) => {
  const { send } = socket;
  const own = Object.hasOwn(socket, 'send');
  const counting = function (this: WebSocketLike, ...given: unknown[]): unknown {
    const result = send.apply(this, given);
    beat.sent();
    return result;
  };
  socket.send = counting;
  return () => {
    if (socket.send !== counting) return;
    if (own) socket.send = send;
    else Reflect.deleteProperty(socket, 'send');
  };
};

/**
 * For one WebSocket. After a reconnect there is another: attach that, too.
 * @returns what detaches it
 */
export const attachWebSocket = (socket: WebSocketLike, beat: Heartbeat): (() => void) => {
  beat.connection(socket.readyState === isOpen ? 'ready' : 'connecting');
  beat.received(0);
  beat.sent(0);
  const detach = [listenTo(socket, beat), countSent(socket, beat)];
  return () => {
    for (const end of detach) end();
  };
};
