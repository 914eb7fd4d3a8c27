import { slackMs } from './missed.ts';

/** From when on messages are asked for, ms since the epoch. */
export interface PollSince {
  readonly at: number;
  /**
   * A poll was answered.
   * @param begunAt when it was asked
   * @param complete false: there was more, which is asked for again from the same time on
   */
  answered(begunAt: number, complete: boolean, now: number): void;
}

/** @param begun it is never earlier */
export const createPollSince = (begun: number): PollSince => {
  let since = begun;
  let cutAt: number | null = null;
  return {
    get at() {
      return since;
    },
    answered(begunAt, complete, now) {
      // What the first of several answers held may have grown since.
      const from = Math.min(cutAt ?? begunAt, begunAt);
      cutAt = complete ? null : from;
      if (!complete) return;
      // A clock that went ahead and was set back would leave it in the future.
      const latest = now - slackMs;
      since = Math.max(begun, Math.min(Math.max(since, from - slackMs), latest));
    },
  };
};
