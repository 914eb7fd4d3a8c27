import { setTimeout as wait } from 'node:timers/promises';

/** Far more than anything of ours takes on a busy machine, ms. */
const limitMs = 60_000;
const lookEveryMs = 5;

/** Waits until it is so. @param seen says what there was, for the error of a wait that was in vain */
export const until = async (what: string, is: () => boolean, seen: () => string): Promise<void> => {
  const limit = performance.now() + limitMs;
  while (!is()) {
    if (performance.now() > limit) throw new Error(`${what}: ${seen()}`);
    await wait(lookEveryMs);
  }
};
