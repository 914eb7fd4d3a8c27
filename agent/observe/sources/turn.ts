/** Runs one task after the other, each within the limit. @throws what the task does, or that it took too long */
export type Turn = <T>(task: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** So many wait behind one that hangs; what comes then is refused at once. */
const maxWaiting = 8;

/** `task`, or a rejection when it takes too long: then it is told to give up, and left alone. */
const within = async <T>(
  limitMs: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const giveUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([task(giveUp.signal), limit]);
  } finally {
    clearTimeout(timer);
    giveUp.abort();
  }
};

/** What hangs in the kernel cannot be ended, and must not be piled up: the next task waits until it is over. */
export const createTurn = (limitMs: number): Turn => {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (task) =>
    within(limitMs, (signal) => {
      if (waiting >= maxWaiting) return Promise.reject(new Error('it hangs'));
      waiting += 1;
      const turn = last.then(() => {
        signal.throwIfAborted();
        return task(signal);
      });
      last = turn
        .catch(() => {})
        .finally(() => {
          waiting -= 1;
        });
      return turn;
    });
};
