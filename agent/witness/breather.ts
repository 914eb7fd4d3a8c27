/** So long it works without a pause, ms of those that RLIMIT_RTTIME allows. */
const workMs = 20;

const sleep = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};

/**
 * For a piece of work that somebody else can make long, as by thousands of processes: called between its steps it stops for
 * as long as was worked, so that others get the processor and the kernel does not take us for one that spins.
 */
export const createBreather = (
  pause: (ms: number) => void = sleep,
  now = () => performance.now(),
) => {
  let since = now();
  return (): void => {
    const worked = now() - since;
    if (worked < workMs) return;
    pause(worked);
    since = now();
  };
};

export type Breathe = ReturnType<typeof createBreather>;
