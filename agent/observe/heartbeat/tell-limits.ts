import { type BucketLimits, createTokenBuckets } from '../../model/token-buckets.ts';
import type { Kind } from './changes.ts';

/** Of one bot: ten, five and five at once; then so many a minute. A bucket that is empty gives one more. */
const ofBot: Readonly<Record<Kind, BucketLimits>> = {
  connection: { most: 9, perSecond: 10 / 60 },
  login: { most: 4, perSecond: 0.2 / 60 },
  error: { most: 4, perSecond: 1 / 60 },
};

/** Of all bots of an owner together: he may have many, and the log is everybody's. */
const ofOwner: BucketLimits = { most: 500, perSecond: 2 };

/**
 * How much of bots gets into the log.
 * @param now ms, of a clock that never jumps
 */
export const createTellLimits = (now: () => number) => {
  const owners = createTokenBuckets<string>(now, ofOwner);
  return (owner: string): ((kind: Kind) => boolean) => {
    const own = {
      connection: createTokenBuckets(now, ofBot.connection),
      login: createTokenBuckets(now, ofBot.login),
      error: createTokenBuckets(now, ofBot.error),
    };
    return (kind) => {
      if (own[kind].waitMs(0) > 0 || owners.waitMs(owner) > 0) return false;
      own[kind].spend(0, 1);
      owners.spend(owner, 1);
      return true;
    };
  };
};
