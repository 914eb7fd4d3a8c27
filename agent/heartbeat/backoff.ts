import { nextWait, type Pace } from '../model/backoff.ts';

export interface BackoffOptions {
  /** The first wait and the longest, ms. */
  first?: number;
  longest?: number;
  /** From 0 to 1; Math.random without it. */
  random?: () => number;
}

/** How long to wait before each attempt: twice as long each time, less a chance part of up to half, so that many do not come at once. */
export interface Backoff {
  /** ms */
  next(): number;
  /** It worked: begin again with the first wait. */
  reset(): void;
}

export const createBackoff = ({
  first = 1000,
  longest = 30_000,
  random = Math.random,
}: BackoffOptions = {}): Backoff => {
  const pace: Pace = { first, longest };
  let last: number | null = null;
  return {
    next() {
      last = nextWait(last, pace);
      return Math.round(last * (1 - random() / 2));
    },
    reset() {
      last = null;
    },
  };
};
