import { setTimeout as wait } from 'node:timers/promises';

/** So long it works without a pause, ms of those that RLIMIT_RTTIME allows. */
const workMs = 20;

/**
 * For a piece of work that somebody else can make long, as by thousands of processes: awaited between its steps it stops
 * for as long as was worked, so that others get the processor, the kernel does not take us for one that spins, and what
 * is more urgent here has its turn.
 */
export const createBreather = (
  pause: (ms: number) => Promise<void> = (ms) => wait(ms),
  now = () => performance.now(),
) => {
  let since = now();
  const rest = async (worked: number): Promise<void> => {
    await pause(worked);
    since = now();
  };
  /** Mostly there is nothing to wait for. */
  return (): Promise<void> | undefined => {
    const worked = now() - since;
    return worked < workMs ? undefined : rest(worked);
  };
};

export type Breathe = ReturnType<typeof createBreather>;
