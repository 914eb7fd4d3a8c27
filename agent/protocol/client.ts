import { connect as dial, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { codeOf, Failure, messageOf } from '../model/failure.ts';
import { giveUpAfter } from '../os/give-up.ts';
import type { RequestHandlers } from '../wire/answers.ts';
import { clientLimits, createPeer } from '../wire/peer.ts';
import type { AgentMethod, AgentMethods, EventNotification } from './agent.ts';

/** A connection to the agent. `call` rejects with a Failure whose `code` is the agent's. */
export interface Client {
  call<M extends AgentMethod>(
    method: M,
    params: AgentMethods[M]['params'],
  ): Promise<AgentMethods[M]['result']>;
  onEvent: (notification: EventNotification) => void;
  readonly closed: Promise<Error | null>;
  close(): void;
}

const open = (path: string, timeoutMs: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = dial(path);
    const refuse = (cause: Error): void => {
      socket.destroy();
      reject(cause);
    };
    const late = (): void => {
      if (socket.connecting) refuse(new Error(`no connection in ${Math.ceil(timeoutMs)} ms`));
    };
    const timer = giveUpAfter(timeoutMs, late);
    socket.once('error', refuse);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', refuse);
      resolve(socket);
    });
    socket.once('close', () => clearTimeout(timer));
  });

const againMs = 20;

/** A full queue of connections is no error of the agent's (connect(2), EAGAIN): anybody can fill it for a moment. */
const openInTime = async (path: string, timeoutMs: number): Promise<Socket> => {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await open(path, deadline - performance.now());
    } catch (cause) {
      if (codeOf(cause) === 'EAGAIN' && performance.now() + againMs < deadline) {
        await wait(againMs);
        continue;
      }
      const message = `no agent answers on ${path}: ${messageOf(cause)}`;
      throw new Failure('agent-unreachable', message, { retryable: true, cause });
    }
  }
};

/** Answers carry whole listings, so the client takes longer lines than the agent does. */
const answerLimits = { ...clientLimits, maxLine: 16 * 1024 * 1024 };

export interface ConnectOptions {
  timeoutMs?: number;
  /** What the agent may ask of us over this connection. */
  requests?: RequestHandlers['requests'];
}

/** @throws Failure `agent-unreachable` */
export const connect = async (
  path: string,
  { timeoutMs = 2000, requests = {} }: ConnectOptions = {},
): Promise<Client> => {
  const socket = await openInTime(path, timeoutMs);
  const peer = createPeer(
    socket,
    {
      requests,
      notifications: { event: (params) => client.onEvent(params as EventNotification) },
    },
    answerLimits,
  );
  const client: Client = {
    call: (method, params) => peer.call(method, params) as Promise<never>,
    onEvent: () => undefined,
    closed: peer.closed,
    close: () => peer.close(),
  };
  return client;
};
