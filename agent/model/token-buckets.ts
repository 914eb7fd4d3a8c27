interface Bucket {
  /** What may still be spent; below zero: a debt. */
  left: number;
  at: number;
  told: boolean;
}

export interface BucketLimits {
  /** At once, after a long silence. */
  most: number;
  perSecond: number;
}

/**
 * A token bucket for each user: what he may spend grows with time, and is never more than the most.
 * @param now ms, of a clock that never jumps
 */
export const createTokenBuckets = <Who = number>(
  now: () => number,
  { most, perSecond }: BucketLimits,
) => {
  const buckets = new Map<Who, Bucket>();

  const bucketOf = (uid: Who): Bucket => {
    const at = now();
    const known = buckets.get(uid) ?? { left: most, at, told: false };
    const left = Math.min(most, known.left + ((at - known.at) / 1000) * perSecond);
    const bucket = { left, at, told: known.told && left < most / 2 };
    buckets.set(uid, bucket);
    return bucket;
  };

  return {
    /** How long a user is not to be heard, ms. */
    waitMs: (uid: Who): number => Math.max(0, Math.ceil((-bucketOf(uid).left / perSecond) * 1000)),
    spend(uid: Who, amount: number): void {
      bucketOf(uid).left -= amount;
    },
    /** True once for each time it was used up. */
    isNews(uid: Who): boolean {
      const bucket = bucketOf(uid);
      const isNews = !bucket.told;
      bucket.told = true;
      return isNews;
    },
  };
};
