/**
 * Does a piece of work again and again, never two at a time. Whoever asks while one is under way gets the next, which sees
 * all that was there when he asked; so do those who ask before that one begins.
 */
export const createTurns = (work: () => Promise<void>) => {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  const begin = (): Promise<void> => {
    next = null;
    return work();
  };

  return {
    /** Resolves when it is done, and rejects as the work does. */
    turn(): Promise<void> {
      if (!next) {
        next = last.then(begin, begin);
        last = next;
      }
      return next;
    },
    /** Resolves, never rejects, when nothing is under way any more. */
    idle: (): Promise<void> => last.catch(() => undefined),
  };
};
