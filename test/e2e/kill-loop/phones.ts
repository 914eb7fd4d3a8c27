import type { Client } from '../../../agent/protocol/client.ts';
import type { Fault } from '../../telegram/faults.ts';
import type { Request } from '../../telegram/ledger.ts';
import { createPhone, type Phone, startWith } from '../../telegram/phone.ts';
import { startBotApi } from '../../telegram/server.ts';

/** People who are told, by a Bot API that fails or dawdles in one of five calls and keeps the documented rates. */
export interface Phones {
  /** For `alerts.telegram`, and its credential. */
  readonly config: { api: string };
  readonly token: string;
  /** Pairs everybody, as people do it. From then on calls go wrong. */
  pair(client: Client): Promise<void>;
  readonly all: readonly Phone[];
  /** Messages to this phone of which the bot was not told that they were accepted. */
  unanswered(phone: Phone): number;
  faults(): number;
  calm(): void;
  close(): Promise<void>;
}

const faults: readonly [Fault, ...Fault[]] = [
  { kind: 'error', code: 429, retryAfter: 1 },
  { kind: 'error', code: 500 },
  { kind: 'page', code: 502, moment: 'before' },
  { kind: 'torn', moment: 'before' },
  { kind: 'torn', moment: 'after' },
  { kind: 'torn', moment: 'middle' },
  // The answer takes about a second: time to be killed between what was accepted and what is known to be.
  { kind: 'slow', everyMs: 2 },
  { kind: 'slow', everyMs: 2 },
  { kind: 'slow', everyMs: 2 },
];

const isUnanswered = ({ method, outcome, description }: Request): boolean =>
  method === 'sendMessage' && outcome === 'torn' && description !== 'before';

/** Of each a chat has two alerts a minute by themselves, and the rest in one message: more people see more. */
const people = ['Ada', 'Grace', 'Edsger'];

export const startPhones = async (seed: number): Promise<Phones> => {
  const api = await startBotApi();
  const all = people.map((name, i) => createPhone(api, { id: 4711 + i, name }));

  return {
    config: { api: api.root },
    token: api.token,
    pair: async (client) => {
      for (const phone of all) {
        const { code } = await client.call('pairing.begin', {});
        await phone.ask(startWith(code));
      }
      api.rate.switchOn();
      api.faults.random({ seed, share: 0.2, faults });
    },
    all,
    unanswered: ({ person }) =>
      api.ledger
        .calls('sendMessage')
        .filter((call) => isUnanswered(call) && call.parameters['chat_id'] === String(person.id))
        .length,
    faults: api.faults.happened,
    calm: api.faults.clear,
    close: api.close,
  };
};
