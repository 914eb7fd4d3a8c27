import { type BucketLimits, createTokenBuckets } from '../../model/token-buckets.ts';

/**
 * Events. A thousand sessions that all end and come back are about five thousand at once; the log keeps twenty
 * thousand waiting for the disk, for everybody.
 */
const eventLimits: BucketLimits = { most: 10_000, perSecond: 20 };

/** Milliseconds of the agent's only thread. A hundred sessions take a few, some times a second. */
const busyLimits: BucketLimits = { most: 10_000, perSecond: 200 };

/**
 * What each user's links may cause. What a link tells is the owner's word: told again and again it would fill the log
 * of everybody, keep the agent busy, and push out of the journal what others need to read.
 */
export const createAllowance = (now: () => number) => {
  const events = createTokenBuckets(now, eventLimits);
  const busy = createTokenBuckets(now, busyLimits);
  return {
    /** How long a user is not to be heard, ms. */
    waitMs: (uid: number): number => Math.max(events.waitMs(uid), busy.waitMs(uid)),
    spend(uid: number, count: number, busyMs: number): void {
      events.spend(uid, count);
      busy.spend(uid, busyMs);
    },
    isNews: (uid: number): boolean => [events.isNews(uid), busy.isNews(uid)].every(Boolean),
  };
};

export type Allowance = ReturnType<typeof createAllowance>;
