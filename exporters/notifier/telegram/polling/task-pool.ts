import { atMost } from '../at-most.ts';

/** More at a time would wait for each other in the budget of a chat anyway. */
const mostRunning = 8;
/** Who asked while we stop may ask again. */
const drainMs = 300;

export interface TaskPool {
  /** Begins a task. @returns when there is room for the next one; the task itself must not throw */
  run(task: () => Promise<void>): Promise<void>;
  /** Resolves when all are done, or a moment later. */
  drain(): Promise<void>;
}

/** A few tasks at a time. After `signal` nothing waits for room any more. */
export const createTaskPool = (signal: AbortSignal): TaskPool => {
  const running = new Set<Promise<void>>();
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

  return {
    run: async (task) => {
      const one = task().finally(() => running.delete(one));
      running.add(one);
      if (running.size >= mostRunning) await Promise.race([aborted, ...running]);
    },
    drain: () => atMost(drainMs, Promise.all(running)),
  };
};
