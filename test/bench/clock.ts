/**
 * The wall clock counts whole milliseconds, and so does every event. Waits, less than one, until the next
 * begins, so that the time returned is exact.
 */
export const exactNow = (): number => {
  const before = Date.now();
  let now = before;
  while (now === before) now = Date.now();
  return now;
};

/** What an event's time lies behind on average, because it is cut to whole milliseconds. */
export const cutMs = 0.5;
