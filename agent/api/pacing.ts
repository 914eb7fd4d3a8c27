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
  const paceNotes = (uid: number, events: number): void => {
    const waitMs = notes.waitMs(uid);
    if (waitMs > 0) {
      const message = `too many events: the next are taken in ${Math.ceil(waitMs / 1000)} s`;
      throw new RequestFailure('too-fast', message, { retryable: true });
    }
    notes.spend(uid, events);
  };
  return (method, { uid, isOperator, isNotifier }, events = 0) => {
    if (isOperator || isReading(method)) return;
    if (isNotifier) return method === 'notifier.record' ? paceNotes(uid, events) : undefined;
    const waitMs = acts.waitMs(uid);
    if (waitMs > 0) {
      const message = `too many requests: ask again in ${Math.ceil(waitMs / 1000)} s`;
      throw new RequestFailure('too-many-requests', message, { retryable: true });
    }
    acts.spend(uid, 1);
  };
};
