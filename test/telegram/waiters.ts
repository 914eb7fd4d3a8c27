/** Far more than anything of ours takes on a busy machine. */
export const usualLimitMs = 60_000;

export interface Waiters {
  /** Resolves with the first thing `pick` finds; it is asked now and after each `wake`. */
  until<R>(what: string, pick: () => R | undefined, limitMs?: number): Promise<R>;
  /** Something has happened: everybody looks again. */
  wake(): void;
}

/** `seen` says what there was, for the error of a wait that was in vain. */
export const createWaiters = (seen: () => string): Waiters => {
  const waiting = new Set<() => void>();

  const until = <R>(
    what: string,
    pick: () => R | undefined,
    limitMs = usualLimitMs,
  ): Promise<R> => {
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      waiting.delete(look);
      how();
    };
    const look = (): void => {
      try {
        const found = pick();
        if (found !== undefined) settle(() => resolve(found));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const timer = setTimeout(
      () => settle(() => reject(new Error(`${what}: not within ${limitMs} ms. Seen:\n${seen()}`))),
      limitMs,
    );
    waiting.add(look);
    look();
    return promise;
  };

  return {
    until,
    wake: () => {
      for (const look of [...waiting]) look();
    },
  };
};
