import type { Trait } from '../../../model/pattern.ts';
import type { LocalClock, PastEnd } from '../past-end.ts';

/** A trait, and the time it is about where that may say the same as another: an age or a period, ms. */
export interface FoundTrait extends Trait {
  ms?: number;
}

/**
 * Looks for one trait.
 * @param ends of the same kind, oldest first, the present one last
 * @param others ends of the same sessions that came about in another way
 */
export type FindTrait = (
  ends: readonly PastEnd[],
  others: readonly PastEnd[],
  clock: LocalClock,
) => FoundTrait | null;

/** An end that may have been this much earlier than it was found has no moment, ms. */
export const vaguestMs = 5 * 60_000;
