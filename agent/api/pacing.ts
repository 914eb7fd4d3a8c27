import { RequestFailure } from '../model/failure.ts';
import { type BucketLimits, createTokenBuckets } from '../model/token-buckets.ts';
import type { AgentMethod } from '../protocol/agent.ts';
import { type Caller, isReading } from './access.ts';

/** Nearly each is events in the log of everybody, and a line in the journal. */
const actLimits: BucketLimits = { most: 100, perSecond: 2 };

/** As those of a link: whoever took over the notifier must not fill the log. Events. */
const noteLimits: BucketLimits = { most: 10_000, perSecond: 20 };

/**
 * @param events as many as the call brings to the log
 * @throws RequestFailure `too-many-requests`, `too-fast`
 */
export type Pace = (method: AgentMethod, caller: Caller, events?: number) => void;

/**
 * Bounds what owners do, and how much the notifier says; operators are as free as root, and what people ask from afar
 * the notifier bounds itself.
 * @param now ms, of a clock that never jumps
 */
export const createPacing = (now: () => number): Pace => {
  const acts = createTokenBuckets(now, actLimits);
  const notes = createTokenBuckets(now, noteLimits);
  const spend = (buckets: typeof acts, uid: number, count: number, code: string, what: string) => {
    const waitMs = buckets.waitMs(uid);
    if (waitMs > 0) {
      const message = `${what} in ${Math.ceil(waitMs / 1000)} s`;
      throw new RequestFailure(code, message, { retryable: true });
    }
    buckets.spend(uid, count);
  };
  return (method, { uid, isOperator, isNotifier }, events = 0) => {
    if (isOperator || isReading(method)) return;
    if (!isNotifier) spend(acts, uid, 1, 'too-many-requests', 'too many requests: ask again');
    else if (method === 'notifier.record')
      spend(notes, uid, events, 'too-fast', 'too many events: the next are taken');
  };
};
