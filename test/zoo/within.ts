/** Waits so long and no longer. The work itself goes on: nothing can stop it. */
export const within = async <T>(limitMs: number, work: Promise<T>): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`not over in ${limitMs} ms`)), limitMs);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
};

/** Lends a place, and has it back when `use` is over. */
type Lend<P, T> = (use: (place: P) => Promise<T>) => Promise<T>;

/** Waits so long for the work at a place. The place is lent for as long as the work goes on, lest it spoils the next. */
export const withinAt = <P, T>(
  limitMs: number,
  lend: Lend<P, T>,
  work: (place: P) => Promise<T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const use = (place: P): Promise<T> => {
      const working = work(place);
      resolve(within(limitMs, working));
      return working;
    };
    lend(use).catch(reject);
  });
