import { setTimeout as wait } from 'node:timers/promises';

/** More at a time would wait for each other in the budget of a chat anyway. */
const mostInside = 8;
/** Who asked while we stop may ask again. */
const leaveMs = 300;

export interface Turnstile {
  /** Begins a task. @returns when there is room for the next one; the task itself must not throw */
  enter(task: () => Promise<void>): Promise<void>;
  /** Resolves when all are done, or a moment later. */
  empty(): Promise<void>;
}

/** A few tasks at a time. After `signal` nothing waits for room any more. */
export const createTurnstile = (signal: AbortSignal): Turnstile => {
  const inside = new Set<Promise<void>>();
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

  return {
    enter: async (task) => {
      const running = task().finally(() => inside.delete(running));
      inside.add(running);
      if (inside.size >= mostInside) await Promise.race([aborted, ...inside]);
    },
    empty: async () => {
      const limit = new AbortController();
      const late = wait(leaveMs, undefined, { signal: limit.signal }).catch(() => undefined);
      await Promise.race([Promise.all(inside), late]);
      limit.abort();
    },
  };
};
