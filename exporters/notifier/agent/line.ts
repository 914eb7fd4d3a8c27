import type { Event, EventType } from '../../../agent/model/event.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import type { AgentMethod, AgentMethods } from '../../../agent/protocol/agent.ts';
import { type Client, type ConnectOptions, connect } from '../../../agent/protocol/client.ts';
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

export interface LineOptions {
  socket: string;
  types: EventType[];
  /** What the agent passes on to us. */
  requests: Answers;
  /** Several at a time, in order. */
  onEvents(events: Event[]): void;
  onConnected(): void;
  onLost(): void;
}

/** The connection to the agent, made again whenever it is lost. */
export interface AgentLine extends Agent {
  readonly connected: boolean;
  /** Follows the log from here on; resolves when `stop` was called. */
  run(after: number): Promise<void>;
  /** The newest event of the log. @throws Failure `agent-unreachable` */
  head(): Promise<number>;
  stop(): void;
}

export const createAgentLine = (options: LineOptions): AgentLine => {
  const { socket, types } = options;
  // The agent is trusted to ask what the protocol says.
  const requests = options.requests as ConnectOptions['requests'] & {};
  const stopping = new AbortController();
  let client: Client | null = null;
  let waiting: Event[] = [];

  /** All that arrived together is one transaction. */
  const collect = (event: Event): void => {
    waiting.push(event);
    if (waiting.length > 1) return;
    setImmediate(() => {
      const events = waiting;
      waiting = [];
      options.onEvents(events);
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
    head: async () => {
      const asking = await connect(socket);
      return asking
        .call('status', {})
        .then(({ seq }) => seq)
        .finally(() => asking.close());
    },
    run: (after) =>
      follow({
        ...{ socket, after, types, requests },
        subscriber: 'notifier',
        signal: stopping.signal,
        onEvent: ({ event }) => collect(event),
        onConnected: (connected) => {
          client = connected;
          options.onConnected();
        },
        onLost: () => {
          client = null;
          options.onLost();
        },
      }),
    stop: () => stopping.abort(),
  };
};
