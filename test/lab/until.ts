import { setTimeout as wait } from 'node:timers/promises';

const everyMs = 250;

/**
 * Resolves with what `probe` finds, asked again until it finds something other than false, null and undefined.
 * A probe that throws has found nothing; the last error is told when the limit is reached.
 */
export const until = async <T>(
  what: string,
  probe: () => Promise<T>,
  limitMs: number,
): Promise<NonNullable<Exclude<T, false>>> => {
  const deadline = performance.now() + limitMs;
  let cause: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== false && found !== null && found !== undefined) {
        return found as NonNullable<Exclude<T, false>>;
      }
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) {
      const because = cause instanceof Error ? `: ${cause.message}` : '';
      throw new Error(`${what}: not within ${limitMs / 1000} s${because}`, { cause });
    }
    await wait(everyMs);
  }
};
