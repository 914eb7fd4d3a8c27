/** All of them are what setTimeout takes, ms. */
export interface PollTiming {
  /** So long without an event, and it is polled. */
  stalledAfterMs: number;
  everyMs: number;
  /** A poll that takes longer is given up, and asked again. */
  giveUpAfterMs: number;
}

export interface Round {
  /** It is given up, or all of it has ended. */
  signal: AbortSignal;
  /** Whether no event came since it began. */
  isQuiet(): boolean;
}

export interface PollTimer {
  /** An event came. */
  heard(): void;
  close(): void;
}

/**
 * When to poll: while no event comes, one poll at a time. It keeps no process running.
 * @param look polls; never rejects
 * @param onGivenUp told of each that took too long
 */
export const startPollTimer = (
  { stalledAfterMs, everyMs, giveUpAfterMs }: PollTiming,
  look: (round: Round) => Promise<void>,
  onGivenUp: () => void,
): PollTimer => {
  let heardAt = performance.now();
  let running: AbortController | null = null;
  let limit: NodeJS.Timeout | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** The page that it waits for may never answer. */
  const giveUp = (): void => {
    const one = running;
    running = null;
    onGivenUp();
    one?.abort();
  };

  const run = async (): Promise<void> => {
    const one = new AbortController();
    const begunAt = performance.now();
    running = one;
    limit = setTimeout(giveUp, giveUpAfterMs);
    limit.unref();
    await look({ signal: one.signal, isQuiet: () => heardAt <= begunAt });
    if (running !== one) return;
    running = null;
    clearTimeout(limit);
  };

  const turn = (): void => {
    const quietMs = performance.now() - heardAt;
    const isQuiet = quietMs >= stalledAfterMs;
    wake(isQuiet ? everyMs : stalledAfterMs - quietMs);
    if (isQuiet && running === null) void run();
  };

  const wake = (ms: number): void => {
    timer = setTimeout(turn, ms);
    timer.unref();
  };

  wake(stalledAfterMs);
  return {
    heard() {
      heardAt = performance.now();
    },
    close() {
      clearTimeout(timer);
      clearTimeout(limit);
      running?.abort();
    },
  };
};
