import { type Failure, ProtocolFailure, RequestFailure } from '../model/failure.ts';
import { giveUpAfter } from '../os/give-up.ts';
import type { ErrorObject, Id } from './jsonrpc.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

const failureOf = (error: ErrorObject): Failure =>
  new RequestFailure(error.data?.code ?? `jsonrpc${error.code}`, error.message, {
    retryable: error.data?.retryable ?? false,
  });

/** Our own requests, until each is answered, too late, or the connection is gone. */
export const createCalls = (send: (message: object) => void, usualMs: number) => {
  const waiting = new Map<Id, Waiting>();
  let lastId = 0;
  let gone: Error | null = null;

  const settle = (id: Id | null, act: (entry: Waiting) => void): void => {
    const entry = id === null ? undefined : waiting.get(id);
    if (!entry || id === null) return;
    waiting.delete(id);
    clearTimeout(entry.timer);
    act(entry);
  };

  const late = (method: string, limitMs: number): Failure =>
    new ProtocolFailure('no-answer', `no answer to ${method} in ${limitMs} ms`, {
      retryable: true,
    });

  return {
    call: (method: string, params: unknown, limitMs = usualMs): Promise<unknown> =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone);
        lastId += 1;
        const id = lastId;
        const expire = (): void => settle(id, (entry) => entry.reject(late(method, limitMs)));
        const timer = giveUpAfter(limitMs, expire);
        waiting.set(id, { resolve, reject, timer });
        send({ id, method, params });
      }),
    resolve: (id: Id | null, result: unknown): void => settle(id, (entry) => entry.resolve(result)),
    reject: (id: Id | null, error: ErrorObject): void =>
      settle(id, (entry) => entry.reject(failureOf(error))),
    /** Nobody will answer any more. */
    abandon(cause: Error): void {
      gone = cause;
      for (const id of [...waiting.keys()]) settle(id, (entry) => entry.reject(cause));
    },
  };
};
