import type { LocalClock } from '../explain/pattern/past-end.ts';

const dayMs = 24 * 3_600_000;

/** What the clock on the wall shows where this process runs, by which timers and jobs of the machine go. */
export const localClock: LocalClock = (at) => {
  const date = new Date(at);
  const minutes = date.getHours() * 60 + date.getMinutes();
  return {
    day: Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs,
    ms: (minutes * 60 + date.getSeconds()) * 1000 + date.getMilliseconds(),
  };
};
