import { resources, someAvg10 } from '../../os/pressure.ts';

/**
 * A server that spins makes its clients hang for ever, so every call has a limit. A stopped one is told by its
 * state, at once.
 */
export const callLimitMs = 5000;

/** On a machine where everything waits, a healthy server does too, and asking again only adds to it. */
const overloadedTimes = 3;

/** Percent of the last 10 s in which some task waited for a processor, for memory or for a disk. */
const overloadPercent = 50;

/** By the kernel's pressure files; without them no machine is overloaded. */
export const isOverloaded = (directory?: string): boolean =>
  resources.some((resource) => (someAvg10(resource, directory) ?? 0) >= overloadPercent);

/**
 * Calls back, with how long it was in ms, when a call takes too long: longer than `limitMs`, or than three times that
 * where the machine is overloaded then.
 * @returns ends the wait
 */
export const limitCall = (
  onLate: (ms: number) => void,
  limitMs = callLimitMs,
  overloaded: () => boolean = isOverloaded,
): (() => void) => {
  const longestMs = limitMs * overloadedTimes;
  let timer = setTimeout(() => {
    if (!overloaded()) return onLate(limitMs);
    timer = setTimeout(onLate, longestMs - limitMs, longestMs);
  }, limitMs);
  return () => clearTimeout(timer);
};
