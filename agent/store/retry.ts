import { nextWait, type Pace } from '../model/backoff.ts';

/** Does something again, later and later for as long as it fails. */
export interface Retry {
  /** It failed: it is done again after the next wait. */
  later(): void;
  /** It succeeded: the next failure begins with the first wait. */
  reset(): void;
  /** Does not wait any longer; the waits go on growing. */
  cancel(): void;
}

export const createRetry = (pace: Pace, again: () => void): Retry => {
  let timer: NodeJS.Timeout | undefined;
  let wait: number | null = null;
  const cancel = (): void => clearTimeout(timer);
  return {
    later() {
      cancel();
      wait = nextWait(wait, pace);
      timer = setTimeout(again, wait);
    },
    reset() {
      cancel();
      wait = null;
    },
    cancel,
  };
};
