/** When what opening the log took is done with, ms. */
const firstAfterMs = 1000;
/** As often as the agent collects its own (agent/app/schedule.ts), ms. */
const everyMs = 60_000;

/**
 * Collects the garbage of this thread: its heap is one of its own, which the agent's collections leave as it is, and V8 waits
 * until it has doubled. A thread has `gc` where --expose-gc was set before it was started; without it nothing is done.
 * Returns what ends it.
 */
export const collectOwnGarbage = (
  collect: NodeJS.GCFunction | undefined = globalThis.gc,
  pace = { firstAfterMs, everyMs },
): (() => void) => {
  if (!collect) return () => undefined;
  const run = (): void => void collect({ type: 'major', flavor: 'last-resort' });
  const first = setTimeout(run, pace.firstAfterMs);
  const again = setInterval(run, pace.everyMs);
  return () => {
    clearTimeout(first);
    clearInterval(again);
  };
};
