import { createAccount } from '../../../agent/heartbeat/account.ts';
import type { Heartbeat } from '../../../agent/heartbeat/contract.ts';
import type { Beat, ConnectionState } from '../../../agent/protocol/heartbeat.ts';

/** A heartbeat that tells nobody, and what it would tell. */
export interface Said {
  beat: Heartbeat;
  now(): Beat;
  /** Every state it was in, in their order. */
  states: ConnectionState[];
  /** Resolves when it is in that state. */
  became(state: ConnectionState): Promise<void>;
}

export const createSaid = (): Said => {
  const account = createAccount(Date.now, undefined);
  const states: ConnectionState[] = [];
  let look = (): void => {};
  return {
    states,
    now: account.beat,
    became: (state) =>
      new Promise((resolve) => {
        look = () => states.at(-1) === state && resolve();
        look();
      }),
    beat: {
      connection(state, why) {
        if (states.at(-1) !== state) states.push(state);
        account.connection(state, why);
        look();
      },
      received: (count = 1) => account.received(count),
      sent: (count = 1) => account.sent(count),
      session: account.session,
      error: account.error,
      count: (name, n = 1) => account.count(name, n),
      time: account.time,
      timed: (_, act) => act(),
      needs: account.needs,
      alive: () => {},
      close: async () => {},
    },
  };
};
