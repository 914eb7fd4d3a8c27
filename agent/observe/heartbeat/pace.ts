import { type BucketLimits, createTokenBuckets } from '../../model/token-buckets.ts';

/** The library speaks every 10 s, and at each change. */
const ofConnection: BucketLimits = { most: 60, perSecond: 5 };

/** As many as a hundred bots that all change at once. A session alone cannot use it up. */
const ofOwner: BucketLimits = { most: 2000, perSecond: 200 };

/** Each costs a look at the ancestors of whoever connects. */
const ofDialler: BucketLimits = { most: 200, perSecond: 20 };

/**
 * How much is heard: lines, and connections.
 * @param now ms, of a clock that never jumps
 */
export const createPace = (now: () => number) => {
  const dials = createTokenBuckets(now, ofDialler);
  const owners = createTokenBuckets<string>(now, ofOwner);
  return {
    mayDial(uid: number): boolean {
      if (dials.waitMs(uid) > 0) return false;
      dials.spend(uid, 1);
      return true;
    },
    /** Whether the next line of a connection may be read. */
    ofOwner(owner: string): () => boolean {
      const own = createTokenBuckets(now, ofConnection);
      return () => {
        if (own.waitMs(0) > 0 || owners.waitMs(owner) > 0) return false;
        own.spend(0, 1);
        owners.spend(owner, 1);
        return true;
      };
    },
  };
};
