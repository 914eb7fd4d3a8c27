import { readFileSync } from 'node:fs';

/**
 * A server that spins makes its clients hang for ever, so every call has a limit. A stopped one is told by its
 * state, at once.
 */
export const callLimitMs = 5000;

/** On a machine where everything waits, a healthy server does too, and asking again only adds to it. */
const overloadedLimitMs = 15_000;

/** Percent of the last 10 s in which some task waited for a processor, for memory or for a disk. */
const overloadPercent = 50;

/** By the kernel's pressure files; without them no machine is overloaded. */
export const isOverloaded = (directory = '/proc/pressure'): boolean =>
  ['cpu', 'memory', 'io'].some((resource) => {
    try {
      const text = readFileSync(`${directory}/${resource}`, 'utf8');
      return Number(/^some avg10=([\d.]+)/.exec(text)?.[1] ?? 0) >= overloadPercent;
    } catch {
      return false;
    }
  });

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
  const extension = limitMs * (overloadedLimitMs / callLimitMs - 1);
  let timer = setTimeout(() => {
    if (!overloaded()) return onLate(limitMs);
    timer = setTimeout(onLate, extension, limitMs + extension);
  }, limitMs);
  return () => clearTimeout(timer);
};
