import { createTokenBuckets } from '../model/token-buckets.ts';

/** At most so often, ms. */
const leastMs = 1000;
/** Changes that are told at once; after that one a second. */
const atOnce = { most: 5, perSecond: 1 };

export interface Rhythm {
  /** There is news: told within a second. Costs next to nothing where it is known already. */
  news(): void;
  /** Told now, unless there was too much of that. */
  urgent(): void;
  /** Tells now what is left to tell. */
  flush(): void;
  /** Tells now, news or not: somebody hears it who did not before. */
  renew(): void;
  stop(): void;
}

/**
 * When to tell: soon after news, at once where it is urgent, and else every `everyMs`.
 * @param everyMs null: without news never
 * @param tell false: nobody heard it, so it is news still
 */
export const startRhythm = (everyMs: number | null, tell: () => boolean): Rhythm => {
  const buckets = createTokenBuckets(() => performance.now(), atOnce);
  let isNews = true;
  let toldAt = performance.now() - leastMs;
  let dueAt = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const wakeAt = (at: number): void => {
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(turn, Math.max(0, at - performance.now()));
    timer.unref();
  };

  const say = (): void => {
    isNews = !tell();
    toldAt = performance.now();
    buckets.spend(0, 1);
  };

  const turn = (): void => {
    dueAt = Number.POSITIVE_INFINITY;
    say();
    if (everyMs !== null) wakeAt(toldAt + everyMs);
  };

  const news = (): void => {
    isNews = true;
    wakeAt(toldAt + leastMs);
  };

  if (everyMs !== null) wakeAt(toldAt + leastMs);
  return {
    news() {
      if (!isNews || dueAt > toldAt + leastMs) news();
    },
    urgent() {
      isNews = true;
      wakeAt(performance.now() + buckets.waitMs(0));
    },
    flush() {
      if (isNews) say();
    },
    renew: say,
    stop: () => clearTimeout(timer),
  };
};
