import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Failure, ProtocolFailure, RequestFailure } from '../model/failure.ts';
import {
  type ErrorObject,
  failureError,
  type Id,
  internalError,
  methodNotFound,
  readMessage,
} from './jsonrpc.ts';
import { readLines } from './lines.ts';

/** What a peer answers. A handler throws a Failure to refuse; anything else thrown is an internal error. */
export interface PeerHandlers {
  requests: Record<string, (params: unknown) => unknown>;
  notifications: Record<string, (params: unknown) => void>;
  /** Told of what could not be understood or failed unexpectedly; for the process log. */
  onTrouble?: (what: string, cause: unknown) => void;
}

export interface PeerLimits {
  maxLine: number;
  unfinishedMs: number;
  /** Bytes that may wait for a slow reader before the connection is given up. */
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
  maxQueued: 8 * 1024 * 1024,
  maxPending: 32,
  callMs: 15_000,
};

export interface Peer {
  call(method: string, params: unknown): Promise<unknown>;
  notify(method: string, params: unknown): void;
  /** Resolves when all that was sent has left, or the connection ended. */
  drained(): Promise<void>;
  close(): void;
  /** Resolves, never rejects, with why the connection ended. */
  readonly closed: Promise<Error | null>;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

const errorOf = (cause: unknown): ErrorObject =>
  cause instanceof Failure
    ? {
        code: failureError,
        message: cause.message,
        data: { code: cause.code, retryable: cause.retryable },
      }
    : { code: internalError, message: 'internal error' };

const failureOf = (error: ErrorObject): Failure =>
  new RequestFailure(error.data?.code ?? `jsonrpc${error.code}`, error.message, {
    retryable: error.data?.retryable ?? false,
  });

/** Speaks JSON-RPC in both directions over one socket. Owns the socket. */
export const createPeer = (socket: Socket, handlers: PeerHandlers, limits: PeerLimits): Peer => {
  const waiting = new Map<Id, Waiting>();
  const { promise: closed, resolve: setClosed } = Promise.withResolvers<Error | null>();
  let lastId = 0;
  let pending = 0;
  let reason: Error | null = null;

  const send = (message: object): void => {
    if (socket.destroyed || !socket.writable) return;
    socket.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    if (socket.writableLength > limits.maxQueued) {
      socket.destroy(
        new ProtocolFailure('slow-reader', 'the other side does not read fast enough'),
      );
    }
  };

  const answer = async (id: Id, method: string, params: unknown): Promise<void> => {
    const handler = Object.hasOwn(handlers.requests, method)
      ? handlers.requests[method]
      : undefined;
    if (!handler) {
      send({ id, error: { code: methodNotFound, message: `no method ${method.slice(0, 60)}` } });
      return;
    }
    if (pending >= limits.maxPending) {
      const busy = new RequestFailure('busy', 'too many requests at once', { retryable: true });
      send({ id, error: errorOf(busy) });
      return;
    }
    pending += 1;
    try {
      send({ id, result: (await handler(params)) ?? {} });
    } catch (cause) {
      if (!(cause instanceof Failure)) handlers.onTrouble?.(`request ${method} failed`, cause);
      send({ id, error: errorOf(cause) });
    } finally {
      pending -= 1;
    }
  };

  const settle = (id: Id | null, act: (entry: Waiting) => void): void => {
    const entry = id === null ? undefined : waiting.get(id);
    if (!entry || id === null) return;
    waiting.delete(id);
    clearTimeout(entry.timer);
    act(entry);
  };

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
    else if (message.kind === 'result') settle(message.id, (w) => w.resolve(message.result));
    else if (message.kind === 'error')
      settle(message.id, (w) => w.reject(failureOf(message.error)));
    else send({ id: message.id, error: message.error });
  };

  socket.on('error', (error) => {
    reason = error;
  });
  socket.on('close', () => {
    const gone = new ProtocolFailure('connection-closed', 'the connection closed', {
      retryable: true,
      cause: reason,
    });
    for (const id of [...waiting.keys()]) settle(id, (entry) => entry.reject(gone));
    setClosed(reason);
  });
  readLines(socket, limits, onLine);

  const call = (method: string, params: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (socket.destroyed) {
        reject(new ProtocolFailure('connection-closed', 'the connection is closed'));
        return;
      }
      lastId += 1;
      const id = lastId;
      const late = new ProtocolFailure(
        'no-answer',
        `no answer to ${method} in ${limits.callMs} ms`,
        {
          retryable: true,
        },
      );
      const timer = setTimeout(() => settle(id, (entry) => entry.reject(late)), limits.callMs);
      waiting.set(id, { resolve, reject, timer });
      send({ id, method, params });
    });

  const drained = async (): Promise<void> => {
    if (socket.destroyed || socket.writableLength === 0) return;
    await Promise.race([once(socket, 'drain').catch(() => undefined), closed]);
  };

  return {
    call,
    notify: (method, params) => send({ method, params }),
    drained,
    close: () => socket.end(() => socket.destroy()),
    closed,
  };
};
