import type { BotError } from '../protocol/heartbeat.ts';
import { fieldOf, textOf } from './bounded.ts';

const longest = { name: 100, message: 500, stack: 2000 };

const described = (error: unknown, at: number): BotError => {
  const name = fieldOf(error, 'name');
  const stack = fieldOf(error, 'stack');
  return {
    at,
    name: typeof name === 'string' ? textOf(name, longest.name) : typeof error,
    message: textOf(error, longest.message),
    stack: typeof stack === 'string' ? textOf(stack, longest.stack) : '',
  };
};

/**
 * How many, and the last one. A stack is made as it is first read, which takes longer than all else here: of a storm of
 * errors only the last before each telling is read.
 */
export const createErrors = () => {
  let count = 0;
  let last: BotError | null = null;
  let unread: { error: unknown; at: number } | null = null;

  const settle = (): void => {
    if (unread === null) return;
    const { error, at } = unread;
    unread = null;
    last = described(error, at);
  };

  return {
    add(error: unknown, at: number): void {
      count += 1;
      unread = { error, at };
    },
    /** Reads the last one and lets go of it. */
    settle,
    /** Undefined: none yet. */
    told(): { count: number; last: BotError | null } | undefined {
      settle();
      return count === 0 ? undefined : { count, last };
    },
  };
};
