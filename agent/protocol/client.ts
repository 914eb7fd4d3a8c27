import { connect as dial, type Socket } from 'node:net';
import { Failure } from '../model/failure.ts';
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
      reject(
        new Failure('agent-unreachable', `no agent answers on ${path}: ${cause.message}`, {
          retryable: true,
          cause,
        }),
      );
    };
    const timer = setTimeout(
      () => refuse(new Error(`no connection in ${timeoutMs} ms`)),
      timeoutMs,
    );
    socket.once('error', refuse);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', refuse);
      resolve(socket);
    });
    socket.once('close', () => clearTimeout(timer));
  });

/** Answers carry whole listings, so the client takes longer lines than the agent does. */
const answerLimits = { ...clientLimits, maxLine: 16 * 1024 * 1024 };

/** @throws Failure `agent-unreachable` */
export const connect = async (
  path: string,
  { timeoutMs = 2000 }: { timeoutMs?: number } = {},
): Promise<Client> => {
  const socket = await open(path, timeoutMs);
  const peer = createPeer(
    socket,
    {
      requests: {},
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
