import { once } from 'node:events';
import type { Socket } from 'node:net';
import { ProtocolFailure } from '../model/failure.ts';
import { createAnswers, type RequestHandlers } from './answers.ts';
import { createCalls } from './calls.ts';
import { readMessage } from './jsonrpc.ts';
import { readLines } from './lines.ts';

/** What a peer answers, and what it hears. */
export interface PeerHandlers extends RequestHandlers {
  notifications: Record<string, (params: unknown) => void>;
}

export interface PeerLimits {
  maxLine: number;
  unfinishedMs: number;
  /** With so much waiting for a slow reader, UTF-16 units, nothing more is sent: the connection is given up. */
  maxQueued: number;
  /** Requests of the other side under way at once. */
  maxPending: number;
  /** How long our own calls wait for an answer, ms. */
  callMs: number;
}

/** For people and sidecars: requests are small. */
export const clientLimits: PeerLimits = {
  maxLine: 64 * 1024,
  unfinishedMs: 10_000,
  maxQueued: 2 * 1024 * 1024,
  maxPending: 32,
  callMs: 15_000,
};

export interface Peer {
  /** @param limitMs how long its answer may take; absent: as the limits say */
  call(method: string, params: unknown, limitMs?: number): Promise<unknown>;
  notify(method: string, params: unknown): void;
  /** UTF-16 units that were sent and have not left. */
  waiting(): number;
  /** Resolves when what was sent has left, but for as little as any socket keeps, or the connection ended. */
  drained(): Promise<void>;
  close(): void;
  /** Resolves, never rejects, with why the connection ended. */
  readonly closed: Promise<Error | null>;
}

/** Speaks JSON-RPC in both directions over one socket. Owns the socket. */
export const createPeer = (socket: Socket, handlers: PeerHandlers, limits: PeerLimits): Peer => {
  const { promise: closed, resolve: setClosed } = Promise.withResolvers<Error | null>();
  let reason: Error | null = null;

  const send = (message: object): void => {
    if (socket.destroyed || !socket.writable) return;
    // Before: a single message may be larger, as the state of a thousand sessions is.
    if (socket.writableLength > limits.maxQueued) {
      socket.destroy(
        new ProtocolFailure('slow-reader', 'the other side does not read fast enough'),
      );
      return;
    }
    socket.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  };
  const calls = createCalls(send, limits.callMs);
  const answer = createAnswers(handlers, limits.maxPending, send);

  const hear = (method: string, params: unknown): void => {
    const handler = Object.hasOwn(handlers.notifications, method)
      ? handlers.notifications[method]
      : undefined;
    try {
      handler?.(params);
    } catch (cause) {
      handlers.onTrouble?.(`notification ${method} refused`, cause);
    }
  };

  const onLine = (line: string): void => {
    const message = readMessage(line);
    if (message.kind === 'request') void answer(message.id, message.method, message.params);
    else if (message.kind === 'notification') hear(message.method, message.params);
    else if (message.kind === 'result') calls.resolve(message.id, message.result);
    else if (message.kind === 'error') calls.reject(message.id, message.error);
    else send({ id: message.id, error: message.error });
  };

  socket.on('error', (error) => {
    reason = error;
  });
  socket.on('close', () => {
    calls.abandon(
      new ProtocolFailure('connection-closed', 'the connection closed', {
        retryable: true,
        cause: reason,
      }),
    );
    setClosed(reason);
  });
  readLines(socket, limits, onLine);

  return {
    call: calls.call,
    notify: (method, params) => send({ method, params }),
    waiting: () => socket.writableLength,
    drained: async () => {
      // Below its high water mark a socket tells nobody that it is empty.
      if (socket.destroyed || !socket.writableNeedDrain) return;
      await Promise.race([once(socket, 'drain').catch(() => undefined), closed]);
    },
    close: () => socket.end(() => socket.destroy()),
    closed,
  };
};
