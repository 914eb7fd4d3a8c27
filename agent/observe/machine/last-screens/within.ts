import { setTimeout as wait } from 'node:timers/promises';

/** What is not done in time, or fails, is done without. @param limitMs ms */
export const within = <T>(limitMs: number, work: Promise<T>, otherwise: T): Promise<T> =>
  Promise.race([work, wait(limitMs, otherwise, { ref: false })]).catch(() => otherwise);
