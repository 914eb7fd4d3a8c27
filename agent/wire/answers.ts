import { Failure, RequestFailure } from '../model/failure.ts';
import {
  type ErrorObject,
  failureError,
  type Id,
  internalError,
  methodNotFound,
} from './jsonrpc.ts';

/** A handler throws a Failure to refuse; anything else thrown is an internal error. */
export interface RequestHandlers {
  requests: Record<string, (params: unknown) => unknown>;
  /** Told of what could not be understood or failed unexpectedly; for the process log. */
  onTrouble?: (what: string, cause: unknown) => void;
}

const errorOf = (cause: unknown): ErrorObject =>
  cause instanceof Failure
    ? {
        code: failureError,
        message: cause.message,
        data: { code: cause.code, retryable: cause.retryable },
      }
    : { code: internalError, message: 'internal error' };

/** Answers the other side's requests, so many at once. */
export const createAnswers = (
  { requests, onTrouble }: RequestHandlers,
  maxPending: number,
  send: (message: object) => void,
) => {
  let pending = 0;

  const handle = async (method: string, params: unknown): Promise<unknown> => {
    if (pending >= maxPending) {
      throw new RequestFailure('busy', 'too many requests at once', { retryable: true });
    }
    pending += 1;
    try {
      return (await requests[method]?.(params)) ?? {};
    } finally {
      pending -= 1;
    }
  };

  return async (id: Id, method: string, params: unknown): Promise<void> => {
    if (!Object.hasOwn(requests, method)) {
      send({ id, error: { code: methodNotFound, message: `no method ${method.slice(0, 60)}` } });
      return;
    }
    try {
      send({ id, result: await handle(method, params) });
    } catch (cause) {
      if (!(cause instanceof Failure)) onTrouble?.(`request ${method} failed`, cause);
      send({ id, error: errorOf(cause) });
    }
  };
};
