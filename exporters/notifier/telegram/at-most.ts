import { setTimeout as wait } from 'node:timers/promises';

/** Resolves when `done` does, or after `ms`, whichever comes first. */
export const atMost = async (ms: number, done: Promise<unknown>): Promise<void> => {
  const limit = new AbortController();
  const late = wait(ms, undefined, { signal: limit.signal }).catch(() => undefined);
  try {
    await Promise.race([done, late]);
  } finally {
    limit.abort();
  }
};
