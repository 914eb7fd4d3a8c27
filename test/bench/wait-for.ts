import { setTimeout as wait } from 'node:timers/promises';

/** Status and samples are announced to nobody; this is how often they are asked for, ms. */
const everyMs = 100;
const limitMs = 120_000;

/** Resolves with what `look` finds, asked again until it finds something. */
export const waitFor = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${limitMs} ms`);
    await wait(everyMs);
  }
};
