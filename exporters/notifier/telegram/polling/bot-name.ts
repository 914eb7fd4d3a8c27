import type { TelegramApi } from '../api/api.ts';
import type { Memory } from '../memory.ts';

export interface BotNameOptions {
  api: Pick<TelegramApi, 'me'>;
  memory: Pick<Memory, 'get'>;
  botId: string;
  /** @returns whether it is kept; it never throws */
  keep(key: string, value: string): boolean;
  signal: AbortSignal;
}

export interface BotName {
  /** Without `@`; empty while it is not known. */
  readonly current: string;
  /** Asks for it, once in each run; that it is not told now does not matter. */
  learn(): Promise<void>;
}

export const createBotName = ({ api, memory, botId, keep, signal }: BotNameOptions): BotName => {
  const key = `bot ${botId}`;
  let current = memory.get(key) ?? '';
  let isLearnt = false;

  return {
    get current() {
      return current;
    },
    learn: async () => {
      if (isLearnt) return;
      const me = await api.me(signal).catch(() => null);
      isLearnt = me !== null;
      const name = String(me?.username ?? '');
      if (name === current || !/^\w{1,64}$/.test(name)) return;
      current = name;
      keep(key, name);
    },
  };
};
