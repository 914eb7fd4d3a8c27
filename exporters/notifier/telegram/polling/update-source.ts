import type { TelegramApi } from '../api/api.ts';
import { TelegramFailure } from '../api/failure.ts';
import type { Memory } from '../memory.ts';
import { allowedUpdates, lastUpdateId, updateId } from './update.ts';

export interface UpdateSourceOptions {
  api: Pick<TelegramApi, 'poll'>;
  memory: Pick<Memory, 'get'>;
  /** Each bot numbers its updates for itself, and another server has other ones. */
  botId: string;
  apiRoot: string;
  now(): number;
  /** @returns whether it is kept; it never throws */
  keep(key: string, value: string): boolean;
  signal: AbortSignal;
}

export interface UpdateSource {
  /** What came since the last ones that were settled. @param seconds the server may keep silent @throws TelegramFailure */
  fetch(seconds: number): Promise<unknown[]>;
  /**
   * From here on these never come again, whatever becomes of us.
   * @returns those that are updates
   * @throws TelegramFailure
   */
  settle(updates: readonly unknown[]): Promise<unknown[]>;
}

/** A bot that nobody wrote to for a week gets numbers anew (https://core.telegram.org/bots/api#update). */
const numbersLastMs = 6 * 24 * 60 * 60_000;

const method = 'getUpdates';

/** As many are asked for; what else an answer has is not looked at. */
const mostUpdates = 100;

/** `NEXT AT` as it was kept; 0 where there is none. */
const readOffset = (kept: string | null): { next: number; at: number } => {
  const [next = 0, at = 0] = (kept ?? '').split(' ').map(Number);
  return { next: Number.isSafeInteger(next) && next <= lastUpdateId + 1 ? next : 0, at };
};

/** The updates of a bot, by the number of the next one, which outlives the process. */
export const createUpdateSource = (options: UpdateSourceOptions): UpdateSource => {
  const { api, now, signal } = options;
  const key = `offset ${options.botId} ${options.apiRoot}`;
  let offset = readOffset(options.memory.get(key));

  const ask = (timeout: number, limit: number): Promise<unknown> => {
    const from = now() - offset.at < numbersLastMs ? offset.next : 0;
    const params = { timeout, limit, allowed_updates: allowedUpdates };
    return api.poll(method, from > 0 ? { ...params, offset: from } : params, signal);
  };

  return {
    fetch: async (seconds) => {
      const updates = await ask(seconds, mostUpdates);
      if (!Array.isArray(updates))
        throw new TelegramFailure('no-list', 'getUpdates gave no list', { method });
      return updates.slice(0, mostUpdates);
    },
    settle: async (updates) => {
      if (updates.length === 0) return [];
      const numbered = updates.filter((update) => updateId(update) !== null);
      if (numbered.length === 0)
        throw new TelegramFailure('no-numbers', 'updates without numbers', { method });
      const last = Math.max(...numbered.map((update) => updateId(update) ?? 0));
      offset = { next: last + 1, at: now() };
      // Telegram itself forgets what lies before the number it is asked for.
      if (!options.keep(key, `${offset.next} ${offset.at}`)) await ask(0, 1);
      return numbered;
    },
  };
};
