/** Of all heartbeats of this process. */
const speaking = new Set<LastWords>();

export interface LastWords {
  /** Nobody caught it; what happens because of it is not changed by our hearing of it. */
  onCrash(error: unknown): void;
  /** The process ends now: a short write to a socket that has room is done before it does. */
  onExit(): void;
}

const crash = (error: unknown): void => {
  for (const { onCrash } of speaking) onCrash(error);
};

const exit = (): void => {
  for (const { onExit } of speaking) onExit();
};

/** One listener of the process for all of them: Node warns of many. Returns what ends it. */
export const keepLastWords = (words: LastWords): (() => void) => {
  if (speaking.size === 0) {
    process.on('uncaughtExceptionMonitor', crash);
    process.on('exit', exit);
  }
  speaking.add(words);
  return () => {
    speaking.delete(words);
    if (speaking.size > 0) return;
    process.off('uncaughtExceptionMonitor', crash);
    process.off('exit', exit);
  };
};
