import type { EventType } from '../../../agent/model/event.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import type {
  AgentMethod,
  AgentMethods,
  EventNotification,
} from '../../../agent/protocol/agent.ts';
import type { Client, ConnectOptions } from '../../../agent/protocol/client.ts';
import { follow } from '../../../agent/protocol/follow.ts';
import type { NotifierMethod, NotifierMethods } from '../../../agent/protocol/notifier.ts';

/** What may be asked of the agent. Rejects a Failure; `agent-unreachable` while it does not answer. */
export interface Agent {
  call<M extends AgentMethod>(
    method: M,
    params: AgentMethods[M]['params'],
  ): Promise<AgentMethods[M]['result']>;
}

/** Every method that the agent passes on. */
export type Answers = {
  [M in NotifierMethod]: (
    params: NotifierMethods[M]['params'],
  ) => NotifierMethods[M]['result'] | Promise<NotifierMethods[M]['result']>;
};

export interface ConnectionOptions {
  socket: string;
  types: EventType[];
  /** What the agent passes on to us. */
  requests: Answers;
  /** Several at a time, in order. */
  onEvents(notifications: EventNotification[]): void;
  onConnected(): void;
  onLost(): void;
}

/** The connection to the agent, made again whenever it is lost. */
export interface AgentConnection extends Agent {
  readonly connected: boolean;
  /** Follows the log from here on; resolves when `stop` was called. */
  run(from: { cursor: number; run: number | null }): Promise<void>;
  stop(): void;
}

export const createAgentConnection = (options: ConnectionOptions): AgentConnection => {
  const { socket, types } = options;
  // The agent is trusted to ask what the protocol says.
  const requests = options.requests as ConnectOptions['requests'] & {};
  const stopping = new AbortController();
  let client: Client | null = null;
  let waiting: EventNotification[] = [];

  /** All that arrived together is one transaction. */
  const collect = (notification: EventNotification): void => {
    waiting.push(notification);
    if (waiting.length > 1) return;
    setImmediate(() => {
      const notifications = waiting;
      waiting = [];
      options.onEvents(notifications);
    });
  };

  return {
    get connected() {
      return client !== null;
    },
    call: async (method, params) => {
      if (client) return client.call(method, params);
      throw new RequestFailure('agent-unreachable', 'the agent does not answer', {
        retryable: true,
      });
    },
    run: ({ cursor: after, run }) =>
      follow({
        socket,
        after,
        run: run ?? undefined,
        types,
        requests,
        subscriber: 'notifier',
        signal: stopping.signal,
        onEvent: collect,
        onConnected: (connected) => {
          if (stopping.signal.aborted) return;
          client = connected;
          options.onConnected();
        },
        onLost: () => {
          client = null;
          options.onLost();
        },
      }),
    stop: () => {
      // What is asked from now on would wait for an answer that nobody reads.
      client = null;
      stopping.abort();
    },
  };
};
