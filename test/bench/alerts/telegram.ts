import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Paths } from '../../../agent/paths.ts';
import type { Accepted } from '../../telegram/ledger.ts';
import { createPhone } from '../../telegram/phone.ts';
import { type BotApi, startBotApi } from '../../telegram/server.ts';
import type { Stack, StackOptions } from '../stack.ts';
import { waitFor } from '../wait-for.ts';

/** A stand-in for Telegram, with one person who is told. */
export interface Told {
  api: BotApi;
  /** For `withStack`. */
  config: object;
  prepare: NonNullable<StackOptions['prepare']>;
  /** Pairs the person as everybody does: by a code that is sent to the bot. */
  pair(stack: Stack): Promise<void>;
  /** What that person was sent, oldest first. */
  messages(): Accepted[];
  /** Resolves when nothing was sent and nothing changed for so long. */
  untilQuiet(ms: number): Promise<void>;
}

const writeToken = ({ credentialsDir }: Paths, token: string): void => {
  if (credentialsDir === null) throw new Error('a home has a directory for credentials');
  mkdirSync(credentialsDir, { recursive: true, mode: 0o700 });
  writeFileSync(join(credentialsDir, 'telegram-token'), token, { mode: 0o600 });
};

const person = { id: 700_001, name: 'Ada' };

/** What a person was told last, ms since the epoch. */
export const lastAt = (messages: readonly Accepted[]): number =>
  Math.max(0, ...messages.map(({ versions }) => versions.at(-1)?.at ?? 0));

const createTold = (api: BotApi): Told => {
  const phone = createPhone(api, person);
  const messages = (): Accepted[] => api.ledger.of(person.id);
  return {
    api,
    config: { alerts: { telegram: { api: api.root } } },
    prepare: (paths) => writeToken(paths, api.token),
    pair: async ({ client }) => {
      await waitFor('the bot', async () => api.ledger.calls('getUpdates').at(-1));
      const { code } = await client.call('pairing.begin', {});
      await phone.ask(`/start ${code}`, 30_000);
      await waitFor('a person', async () => {
        const { people } = await client.call('pairing.list', {});
        return people.length > 0 ? people : undefined;
      });
    },
    messages,
    untilQuiet: async (ms) => {
      for (;;) {
        const left = lastAt(messages()) + ms - Date.now();
        if (left <= 0) return;
        await wait(left);
      }
    },
  };
};

/** The stand-in is there for as long as `measure` takes. */
export const withTelegram = async <T>(measure: (told: Told) => Promise<T>): Promise<T> => {
  const api = await startBotApi();
  try {
    return await measure(createTold(api));
  } finally {
    await api.close();
  }
};
