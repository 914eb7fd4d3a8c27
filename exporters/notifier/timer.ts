/** setTimeout waits no longer than this, ms. */
const longestMs = 60_000;

/** Does something at a time that may change: the earliest asked for wins. A clock that jumps is noticed within a minute. */
export const createTimer = (work: () => void, now: () => number) => {
  let timer: NodeJS.Timeout | null = null;
  let at = Number.POSITIVE_INFINITY;

  const run = (): void => {
    timer = null;
    at = Number.POSITIVE_INFINITY;
    work();
  };

  return {
    /** @param due ms since the epoch */
    by(due: number): void {
      const soonest = Math.min(due, now() + longestMs);
      if (timer && at <= soonest) return;
      if (timer) clearTimeout(timer);
      at = soonest;
      timer = setTimeout(run, Math.max(0, soonest - now()));
    },
    stop(): void {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
};
