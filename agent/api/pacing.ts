import { RequestFailure } from '../model/failure.ts';
import { type BucketLimits, createTokenBuckets } from '../model/token-buckets.ts';
import type { AgentMethod } from '../protocol/agent.ts';
import { type Caller, isReading } from './access.ts';

/** Nearly each is events in the log of everybody, and a line in the journal. */
const actLimits: BucketLimits = { most: 100, perSecond: 2 };

/** @throws RequestFailure `too-many-requests` */
export type Pace = (method: AgentMethod, caller: Caller) => void;

/**
 * Bounds what owners do; operators are as free as root, and the notifier bounds whoever is behind it.
 * @param now ms, of a clock that never jumps
 */
export const createPacing = (now: () => number): Pace => {
  const acts = createTokenBuckets(now, actLimits);
  return (method, { uid, isOperator, isNotifier }) => {
    if (isOperator || isNotifier || isReading(method)) return;
    const waitMs = acts.waitMs(uid);
    if (waitMs > 0) {
      const message = `too many requests: ask again in ${Math.ceil(waitMs / 1000)} s`;
      throw new RequestFailure('too-many-requests', message, { retryable: true });
    }
    acts.spend(uid, 1);
  };
};
