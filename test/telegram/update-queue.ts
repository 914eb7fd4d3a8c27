import type { Update } from '@grammyjs/types';
import { ApiError } from './api-error.ts';
import { createWaiters } from './waiters.ts';

/** Seconds, of the real server. */
const longestPoll = 50;
const conflict =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

/** Have to be asked for by name. */
const unusual = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

export interface Poll {
  offset: number;
  limit: number;
  /** Seconds. */
  timeout: number;
  /** Of the types that come after it; undefined leaves them as they are. */
  allowed: string[] | undefined;
  /** The client has gone away. */
  gone: AbortSignal;
}

export type NewUpdate = Omit<Update, 'update_id'>;

export interface UpdateQueue {
  /** How many are not confirmed yet. */
  pending(): number;
  clear(): void;
  /** The id of the update; undefined where its type is not allowed, so that nothing comes. */
  push(update: NewUpdate): number | undefined;
  /** Any value, as it is. An object without an id gets one; whatever has none is handed out once. */
  inject(update: unknown): void;
  /** Long polling. A poll that still waits is ended with 409 by one that has to wait too, as by the real server. */
  poll(poll: Poll): Promise<unknown[]>;
  /** Resolves when a poll waits and everything is confirmed: the bot has done with all that came. */
  untilTaken(limitMs?: number): Promise<void>;
  close(): void;
}

interface Entry {
  id: number;
  update: unknown;
  /** It cannot be confirmed: it says no id. */
  once: boolean;
}

interface Waiting {
  poll: Poll;
  resolve: (updates: unknown[]) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

const typeOf = (update: object): string =>
  Object.keys(update).find((key) => key !== 'update_id') ?? '';

export const createUpdateQueue = (): UpdateQueue => {
  let pending: Entry[] = [];
  let lastId = 870_000_000;
  let allowed: string[] = [];
  let waiting: Waiting | undefined;
  const waiters = createWaiters(() => `${pending.length} updates not taken`);

  const isAllowed = (type: string): boolean =>
    allowed.length === 0 ? !unusual.has(type) : allowed.includes(type);

  /** An offset confirms all before it; a negative one all but so many of the last. */
  const take = ({ offset, limit }: Poll): unknown[] => {
    const from = offset < 0 ? (pending.at(offset)?.id ?? 0) : offset;
    pending = pending.filter(({ id }) => id >= from);
    const taken = pending.slice(0, limit);
    pending = pending.filter((entry) => !(entry.once && taken.includes(entry)));
    return taken.map(({ update }) => update);
  };

  const end = (): Waiting | undefined => {
    const ended = waiting;
    waiting = undefined;
    clearTimeout(ended?.timer);
    return ended;
  };

  const hand = (): void => {
    const ended = end();
    ended?.resolve(take(ended.poll));
  };

  const add = (update: unknown, once: boolean): void => {
    pending.push({ id: lastId, update, once });
    hand();
  };

  return {
    pending: () => pending.length,
    clear: () => {
      pending = [];
    },
    push: (update) => {
      if (!isAllowed(typeOf(update))) return undefined;
      lastId += 1;
      add({ update_id: lastId, ...update }, false);
      return lastId;
    },
    inject: (update) => {
      lastId += 1;
      const plain = typeof update === 'object' && update !== null && !Array.isArray(update);
      const whole = plain ? { update_id: lastId, ...update } : update;
      add(whole, !plain || 'update_id' in update);
    },
    poll: (poll) => {
      if (poll.allowed !== undefined) allowed = poll.allowed;
      const found = take(poll);
      if (found.length > 0 || poll.timeout <= 0) return Promise.resolve(found);
      end()?.reject(new ApiError(409, conflict));
      const { promise, resolve, reject } = Promise.withResolvers<unknown[]>();
      const timer = setTimeout(hand, Math.min(poll.timeout, longestPoll) * 1000);
      waiting = { poll, resolve, reject, timer };
      poll.gone.addEventListener('abort', () => {
        if (waiting?.poll === poll) end()?.resolve([]);
      });
      waiters.wake();
      return promise;
    },
    untilTaken: async (limitMs) => {
      const taken = () => (waiting !== undefined && pending.length === 0 ? true : undefined);
      await waiters.until('the bot takes all updates and asks for more', taken, limitMs);
    },
    close: () => end()?.resolve([]),
  };
};
