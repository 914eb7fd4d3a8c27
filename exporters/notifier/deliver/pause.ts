import { setTimeout as delay } from 'node:timers/promises';

/** It is looked again after so long, whatever happened to the clock. ms */
export const longestPauseMs = 60_000;

/** The rests between turns. One is over at once where somebody woke us since the turn began, or when we are to stop. */
export const createPause = (stopping: AbortSignal) => {
  let woken = Promise.withResolvers<void>();

  return {
    turnBegins(): void {
      woken = Promise.withResolvers();
    },
    wake: (): void => woken.resolve(),
    async take(ms: number): Promise<void> {
      const timer = new AbortController();
      const signal = AbortSignal.any([timer.signal, stopping]);
      const due = delay(Math.min(ms, longestPauseMs), undefined, { signal, ref: false });
      await Promise.race([due.catch(() => undefined), woken.promise]);
      timer.abort();
    },
  };
};
